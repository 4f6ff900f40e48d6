import type { Guest } from './at-the-table'

/** The seat of whoever sits in a browser, as the page keeps it. */
interface KeptSeat {
  readonly session: { readonly id: string; readonly code: string }
  readonly player: { readonly uuid: string }
  readonly tokens: { readonly access: string }
}

/** @returns the seat that a browser holds */
export async function seatOf({ page }: Guest): Promise<KeptSeat> {
  return JSON.parse(await page.evaluate<string>("localStorage.getItem('innkeeper.seat')"))
}

/**
 * Asks the server as whoever sits in a browser, for what other tests do by hand.
 *
 * @param line  as in `POST /api/combat/start`
 */
export async function askAs(
  guest: Guest,
  line: string,
  body?: object,
): Promise<ReturnType<typeof JSON.parse>> {
  const [method = '', path = ''] = line.split(' ')
  const { tokens } = await seatOf(guest)
  const response = await fetch(new URL(path, guest.page.url()), {
    method,
    headers: { authorization: `Bearer ${tokens.access}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${line} answered ${response.status}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
