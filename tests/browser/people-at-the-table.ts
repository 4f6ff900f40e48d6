import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import type { Guest } from './at-the-table'

/** The seat that a guest's browser keeps. */
export interface StoredSeat {
  readonly session: { readonly id: string; readonly code: string; readonly name: string }
  readonly player: { readonly uuid: string; readonly name: string }
  readonly tokens: { readonly access: string }
}

/** @returns the seat as the guest's browser keeps it; null: none */
export async function seatOf({ page }: Guest): Promise<StoredSeat | null> {
  const text = await page.evaluate<string | null>(`localStorage.getItem('innkeeper.seat')`)
  return text === null ? null : JSON.parse(text)
}

/** Asks the server as the guest does, without the page. @param line  as in `POST /api/combat/start` */
export async function ask(guest: Guest, line: string, body?: object): Promise<Response> {
  const [method = '', path = ''] = line.split(' ')
  const access = (await seatOf(guest))?.tokens.access ?? ''
  return await fetch(new URL(path, guest.page.url()), {
    method,
    headers: {
      authorization: `Bearer ${access}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The same; an answer that is no success fails the test. @returns its JSON */
export async function done<Answer = unknown>(guest: Guest, line: string, body: object = {}): Promise<Answer> {
  const answer = await ask(guest, line, line.startsWith('GET') ? undefined : body)
  if (!answer.ok) throw new Error(`${line} answered ${answer.status}: ${await answer.text()}`)
  return parseAnswer<Answer>(await answer.text())
}

/** What a test says that it expects; a body that is empty is undefined. */
function parseAnswer<Answer>(text: string): Answer {
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/** @param rules  those that are looked at; all when it is left out @returns what axe says of a page once nothing moves */
export async function violationsOn(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // A card that is still fading in has a contrast of its own.
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))')
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** @returns the sizes of what can be touched within a dialog and is smaller than 44 pixels */
export async function smallTargetsOn(page: Page): Promise<readonly string[]> {
  const controls = await page
    .getByRole('dialog')
    .last()
    .locator('button:visible, a:visible, select:visible, input:not(.sr-only, [type=checkbox]):visible')
    .all()
  const boxes = await Promise.all(
    controls.map(async (control) => ({ box: await control.boundingBox(), name: await control.innerText() })),
  )
  return boxes.flatMap(({ box, name }) =>
    box !== null && Math.min(box.width, box.height) < 43.5 ? [`${name} ${box.width}x${box.height}`] : [],
  )
}
