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

/** @returns `<status> <code>` of a problem; anything else is no problem */
export function problemOf(answer: Answer): string {
  const isProblem = answer.headers.get('content-type') === 'application/problem+json'
  return `${answer.status} ${isProblem ? String(answer.json.type).replace('/problems/', '') : answer.text.slice(0, 200)}`
}
