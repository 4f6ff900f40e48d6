import type { FairnessDocument } from '@innkeeper/tabletop/dice/fairness-document'
import type { AxiosInstance } from 'axios'
import { parseFairness } from './parse-fairness'

/**
 * @param seed  number of a seed; null for the newest that is public, or else the one in use
 * @returns all seeds of the table and all rolls of one, from as many pages as there are
 */
export async function readFairness(http: AxiosInstance, seed: number | null): Promise<FairnessDocument> {
  let next: string | undefined = `/api/dice/fairness${seed === null ? '' : `?seed=${seed}`}`
  let seeds: FairnessDocument['seeds'] = []
  const pages: FairnessDocument['rolls'][] = []
  while (next !== undefined) {
    const { data, link } = await readPage(http, next)
    const page = parseFairness(data)
    seeds = page.seeds
    pages.push(page.rolls)
    next = /<([^>]+)>; rel="next"/.exec(link)?.[1]
  }
  // The newest rolls come first, each page by itself in order.
  return { seeds, rolls: pages.reverse().flat() }
}

async function readPage(http: AxiosInstance, address: string): Promise<{ data: unknown; link: string }> {
  const { data, headers } = await http.get<unknown>(address)
  const link: unknown = headers['link']
  return { data, link: typeof link === 'string' ? link : '' }
}
