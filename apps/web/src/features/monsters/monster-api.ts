import type { Monster, MonsterType } from '@innkeeper/tabletop/compendium/monster'
import type { AxiosInstance } from 'axios'
import { type JsonRecord, parseList, parseNumber, parseRecord, parseText } from '../../services/parse'

/** What to look for in the compendium. */
export interface MonsterWish {
  /** A name or the beginnings of its words, in any language of the page. */
  readonly text: string
  readonly type: MonsterType | null
  /** Challenge ratings, both ends included; null: no end. 0.25 is 1/4. */
  readonly from: number | null
  readonly to: number | null
}

/** One page of what was found. `total` counts all pages; `next` asks for the next one, null on the last. */
export interface FoundMonsters {
  readonly monsters: readonly Monster[]
  readonly total: number
  readonly next: string | null
}

/** @param cursor  `next` of the page before @throws AxiosError, also when `signal` gave the search up */
export async function findMonsters(
  http: AxiosInstance,
  { text, type, from, to }: MonsterWish,
  { cursor, signal }: { readonly cursor?: string; readonly signal: AbortSignal },
): Promise<FoundMonsters> {
  const params = {
    ...(text === '' ? {} : { text }),
    ...(type === null ? {} : { type }),
    ...(from === null ? {} : { challengeFrom: from }),
    ...(to === null ? {} : { challengeTo: to }),
    ...(cursor === undefined ? {} : { cursor }),
  }
  return parseFound((await http.get<unknown>('/api/monsters', { params, signal })).data)
}

/** @param id  the slug: `adult-red-dragon` @throws AxiosError `not-found` */
export async function loadMonster(http: AxiosInstance, id: string): Promise<Monster> {
  const answer = await http.get<unknown>(`/api/monsters/${encodeURIComponent(id)}`)
  return parseMonster(parseRecord(answer.data)['monster'])
}

function parseFound(answer: unknown): FoundMonsters {
  const { monsters, total, next } = parseRecord(answer)
  return {
    monsters: parseList(monsters, parseMonster),
    total: parseNumber(total),
    next: next === null ? null : parseText(next),
  }
}

function parseMonster(value: unknown): Monster {
  return parseRecord(value) as JsonRecord & Monster
}
