import { parseTakenSeat, type Seat, toSeatText } from '../../apps/web/src/services/seat'
import type { Guest } from './at-the-table'

/**
 * Opens a table and sits down at it, as `openTable` does with the home page: half of what a test would pay for is the
 * way in, and other tests are about that.
 *
 * @returns the join code
 */
export async function foundTable(guest: Guest, name: string, gmName: string): Promise<string> {
  return (await sitDown(guest, '/api/session', { name, gmName })).session.code
}

/** Sits down at a table, as `joinByLink` does with the page of the invitation. */
export async function joinTable(guest: Guest, code: string, name: string): Promise<void> {
  await sitDown(guest, '/api/session/join', { code, name })
}

async function sitDown({ page }: Guest, path: string, data: Readonly<Record<string, string>>): Promise<Seat> {
  const answer = await page.request.post(path, { data })
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`)
  const { seat } = parseTakenSeat(await answer.json())
  // Storage belongs to an origin: any of its files opens it, and a picture runs nothing of ours.
  await page.goto('/favicon.svg')
  await page.evaluate((text) => localStorage.setItem('innkeeper.seat', text), toSeatText(seat))
  await page.goto('/table')
  await page.getByRole('navigation', { name: 'Parts of the table' }).waitFor()
  return seat
}
