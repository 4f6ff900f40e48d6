import { expect } from 'bun:test'
import type { Answer, Ask, SessionsUnderTest } from './test-sessions'

/** What create, join and recover answer. */
export interface Grant {
  // The ids are branded where they are parsed, which is not here.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly session: any
  readonly player: { readonly uuid: string; readonly name: string; readonly role: string }
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresIn: number
  readonly token: string
  readonly recoveryKey: string
}

/** Opens a table, `Phandalin` of `Mira` unless told. */
export async function openTable(
  under: SessionsUnderTest,
  body: Readonly<Record<string, unknown>> = {},
  ask: Ask = {},
): Promise<Grant> {
  const answer = await under.ask('POST', '/api/session', {
    ...ask,
    body: { name: 'Phandalin', gmName: 'Mira', ...body },
  })
  expect(answer.text.slice(0, 200)).toContain('"session"')
  return answer.json
}

/** Takes a seat as a player; fails the test when that is refused. */
export async function joinTable(under: SessionsUnderTest, code: string, name: string): Promise<Grant> {
  const answer = await under.ask('POST', '/api/session/join', { body: { code, name } })
  expect(answer.text.slice(0, 200)).toContain('"session"')
  return answer.json
}

/** What GET /api/session answers to a seat; fails the test when that is refused. */
export async function viewOf(
  under: SessionsUnderTest,
  grant: Pick<Grant, 'accessToken'>,
): Promise<SeenTable> {
  const answer = await under.ask('GET', '/api/session', { token: grant.accessToken })
  expect(answer.text.slice(0, 200)).toContain('"session"')
  return answer.json
}

/** The part of a view that tests look at. */
export interface SeenTable {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly session: any
  readonly player: Grant['player']
  readonly isLinked: boolean
  readonly state: {
    readonly name: string
    readonly edition: string
    readonly players: Readonly<Record<string, { readonly name: string; readonly role: string }>>
  }
}

/** @returns the statuses of everything that a seat's tokens open: REST, refresh, live channel */
export async function opens(under: SessionsUnderTest, grant: Omit<Grant, 'recoveryKey'>): Promise<string> {
  const seen = await under.ask('GET', '/api/session', { token: grant.accessToken })
  const refreshed = await under.ask('POST', '/api/session/auth/refresh', { token: grant.refreshToken })
  const entry = await under.sessions.channelDoor.open(grant.token, undefined)
  return [seen.status, refreshed.status, 'turned' in entry ? entry.turned : 'in'].join(' ')
}

/** What `opens` says of a seat that is open. */
export const allOpen = '200 200 in'
/** What `opens` says once a sign-in has ended. */
export const allShut = '401 401 4401'

/** @returns the events of a table that its game master may see, the newest first, as `[name, payload]` */
export async function historyOf(
  { rooms }: SessionsUnderTest,
  { session, player }: Pick<Grant, 'session' | 'player'>,
): Promise<readonly (readonly [string, unknown])[]> {
  const page = await rooms.history(session.id, { uuid: player.uuid, role: player.role }, { limit: 50 })
  return page.events.map(({ name, payload }) => [name, payload] as const)
}

/** @returns `<status> <code>` of a problem; anything else is no problem */
export function problemOf(answer: Answer): string {
  const isProblem = answer.headers.get('content-type') === 'application/problem+json'
  return `${answer.status} ${isProblem ? String(answer.json.type).replace('/problems/', '') : answer.text.slice(0, 200)}`
}
