import type { Guest } from './at-the-table'

/** The seat of whoever sits in a browser, as the page keeps it. */
interface KeptSeat {
  readonly session: { readonly id: string; readonly code: string }
  readonly player: { readonly uuid: string }
  readonly tokens: { readonly access: string; readonly refresh: string }
}

const seatKey = 'innkeeper.seat'

/** @returns the seat that a browser holds, as text; null: none */
export async function seatTextOf({ page }: Pick<Guest, 'page'>): Promise<string | null> {
  return await page.evaluate<string | null>(`localStorage.getItem('${seatKey}')`)
}

/** @returns the seat that a browser holds @throws Error when it holds none */
export async function seatOf(guest: Pick<Guest, 'page'>): Promise<KeptSeat> {
  const text = await seatTextOf(guest)
  if (text === null) throw new Error('This browser holds no seat')
  return JSON.parse(text)
}

/**
 * Asks the server as whoever sits in a browser, for what other tests do by hand.
 *
 * @param line  as in `POST /api/combat/start`
 */
export async function ask(guest: Guest, line: string, body?: object): Promise<Response> {
  const [method = '', path = ''] = line.split(' ')
  const { tokens } = await seatOf(guest)
  return await fetch(new URL(path, guest.page.url()), {
    method,
    headers: {
      authorization: `Bearer ${tokens.access}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The same; an answer that is no success fails the test. @returns its JSON; null for an empty one */
export async function askAs<Answer = ReturnType<typeof JSON.parse>>(
  guest: Guest,
  line: string,
  body: object = {},
): Promise<Answer> {
  const answer = await ask(guest, line, line.startsWith('GET') ? undefined : body)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${line} answered ${answer.status}: ${text}`)
  return JSON.parse(text === '' ? 'null' : text)
}
