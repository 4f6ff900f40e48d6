import { dialects } from './dialects'
import { HttpLane } from './http-lane'
import type { RequestsJob, RequestsResult } from './jobs'
import { pause, startStopwatch } from './stopwatch'
import { mintTokens } from './tokens'

/** Asks for seats over a few connections, each with one request at a time, and counts the answers. */
export async function requests(job: RequestsJob): Promise<RequestsResult> {
  const next = requestSource(job)
  const lanes = await Promise.all(Array.from({ length: job.connections }, () => HttpLane.open(job.port)))
  const tally = { answers: 0, answerBytes: 0, isAsking: true, problem: '' }

  const ask = (lane: HttpLane): void => {
    const request = next()
    if (!request) tally.problem ||= 'The tokens that were made beforehand are used up'
    if (!request || !tally.isAsking) return
    lane.ask(
      request,
      ({ status, bytes, bodyAt, end }) => {
        tally.answers++
        tally.answerBytes = end - bodyAt
        if (status !== 200) tally.problem ||= `${status} ${bytes.toString('utf8', bodyAt, end).slice(0, 300)}`
        ask(lane)
      },
      (error) => {
        tally.problem ||= error.message
      },
    )
  }

  for (const lane of lanes) ask(lane)
  await pause(job.warmUpMs)
  const before = tally.answers
  const stop = startStopwatch(job.serverPid)
  await pause(job.measureMs)
  const load = stop()
  const answered = tally.answers - before
  tally.isAsking = false
  for (const lane of lanes) lane.end()
  if (tally.problem) throw new Error(tally.problem)
  return { ...load, requests: answered, answerBytes: tally.answerBytes }
}

/** All requests exist as bytes before the first is sent. */
function requestSource(job: RequestsJob): () => Buffer | undefined {
  // The bare server and the raw one are asked exactly what innkeeper is asked.
  const dialect = dialects[job.peer === 'colyseus' ? 'colyseus' : 'innkeeper']
  const toRequest = (token: string, index: number) => {
    const room = job.rooms[index % job.rooms.length] ?? ''
    return dialect.seatRequest?.(room, { token })
  }
  if (job.tokens === 'same') {
    const [token = ''] = mintTokens(job.issuer, 1)
    const perRoom = job.rooms.map((_, index) => toRequest(token, index))
    const turn = { next: 0 }
    return () => perRoom[turn.next++ % perRoom.length]
  }
  const prepared = mintTokens(job.issuer, job.tokenCount).map(toRequest)
  return () => prepared.pop()
}
