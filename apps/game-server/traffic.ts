import type { Log } from '@innkeeper/protocol/tools'
import { targetOf } from '@innkeeper/web-kit/request-target'

/** What passes through a server, counted as cheaply as possible: these run for every request and frame. */
export interface Traffic {
  /** Frames from clients. */
  frames: number
  readonly byStatus: Map<number, number>
  /** Counts an answer and hands it on. */
  answered(request: Request, response: Response): Response
}

/** @param onAnswer  told of every answer; absent, nothing is built for it */
export function createTraffic(onAnswer?: (request: Request, response: Response) => void): Traffic {
  const byStatus = new Map<number, number>()
  return {
    frames: 0,
    byStatus,
    answered(request, response) {
      byStatus.set(response.status, (byStatus.get(response.status) ?? 0) + 1)
      onAnswer?.(request, response)
      return response
    },
  }
}

/** At the level `debug` every answer is a line; otherwise nothing is built for it. */
export function logAnswers(
  level: string,
  log: Log,
): ((request: Request, response: Response) => void) | undefined {
  if (level !== 'debug') return undefined
  return (request, response) => {
    // A join code in an address is a key of sorts.
    const path = pathOf(request).replace(/^\/j\/.*/, '/j/…')
    const requestId = response.headers.get('x-request-id') ?? undefined
    log.debug({ method: request.method, path, status: response.status, requestId }, 'answered')
  }
}

/** @returns the path of the address, even where the `Host` header makes it no URL */
export function pathOf({ url }: Request): string {
  const target = targetOf(url)
  const end = target.search(/[?#]/)
  return end < 0 ? target : target.slice(0, end)
}
