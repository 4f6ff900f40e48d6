import type { Browser, BrowserContext, Page } from 'playwright-core'
import { until } from '../support/services'

export const desk = { width: 1440, height: 900 } as const
export const phone = { width: 360, height: 640 } as const

/** A person with a browser of their own. */
export interface Guest {
  readonly context: BrowserContext
  readonly page: Page
  /** Everything that the browser complained about; a blocked script or style shows up here. */
  readonly complaints: readonly string[]
}

/** What somebody sits in front of, and which language it speaks. */
export interface Look {
  readonly viewport: typeof desk | typeof phone
  readonly colorScheme?: 'light' | 'dark'
  readonly locale?: string
  /** Whether the page is kept for times without a network. It costs a browser as much again as loading it does. */
  readonly serviceWorkers?: 'allow' | 'block'
}

/** @param baseURL  the server */
export async function invite(browser: Browser, baseURL: string, look: Look): Promise<Guest> {
  const context = await browser.newContext({ baseURL, locale: 'en-GB', serviceWorkers: 'block', ...look })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // While a test holds the network down, sockets and requests are meant to fail.
    const isNetwork =
      message.text().includes('WebSocket connection') || message.text().includes('Failed to load')
    if (message.type() === 'error' && !isNetwork) complaints.push(message.text())
  })
  return { context, page, complaints }
}

/** Fills in the form of the home page and sends it. Does not wait for the table. */
export async function askForTable({ page }: Guest, table: string, name: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Name of the table').fill(table)
  await page.locator('form', { hasText: 'Open the table' }).getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Open the table' }).click()
}

/** @returns the code of the new table */
export async function openTable(guest: Guest, table: string, name: string): Promise<string> {
  const { page } = guest
  await askForTable(guest, table, name)
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByRole('button', { name: 'Invite' }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await closeDialog({ page })
  return new URL(link).pathname.replace('/j/', '')
}

/** Closes the dialog that is open, or about to be: one that is still being fetched does not hear the key. */
export async function closeDialog({ page }: Pick<Guest, 'page'>): Promise<void> {
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** Follows the link of an invitation. */
export async function joinByLink({ page }: Guest, code: string, name: string): Promise<void> {
  await page.goto(`/j/${code}`)
  await page.locator('form', { hasText: 'Take a seat' }).getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Take a seat' }).click()
  await page.getByRole('navigation', { name: 'Parts of the table' }).waitFor()
}

/** Brings a panel into view: on a phone by its tab, on a desk all but two are there already. */
export async function show(
  { page }: Guest,
  panel: 'Fight' | 'Party' | 'Dice' | 'Log' | 'Table',
): Promise<void> {
  const tabs = page.getByRole('navigation', { name: 'Parts of the table' })
  await tabs.waitFor()
  const tab = tabs.getByRole('link', { name: panel, exact: true })
  if ((await tab.count()) > 0) await tab.click()
}

/** Types an expression and sends it. Does not wait for the answer. */
export async function roll(guest: Guest, expression: string): Promise<void> {
  const { page } = guest
  await show(guest, 'Dice')
  const input = page.getByRole('textbox', { name: 'What to roll' })
  await input.fill(expression)
  await input.press('Enter')
}

/** @returns the labels of the rolls in the log, newest first; none while the log is not shown yet */
export async function labelsOf(guest: Guest): Promise<readonly string[]> {
  const { page } = guest
  await show(guest, 'Log')
  return (await page.locator('ol > li .font-display.text-lg').allTextContents()).toReversed()
}

/** @returns the names of those at the table */
export async function namesOf(guest: Guest): Promise<readonly string[]> {
  const { page } = guest
  await show(guest, 'Table')
  const names = page.locator('ul[aria-labelledby=players-title] > li .truncate')
  await names.first().waitFor()
  return (await names.allTextContents()).toSorted()
}

/**
 * Waits until the page has all of its code: what is still to be fetched does not come without a network. The browser has
 * to allow service workers.
 */
export async function hasItsCode({ page }: Pick<Guest, 'page'>): Promise<void> {
  await until(() => page.evaluate<boolean>('navigator.serviceWorker.controller !== null'), { ms: 20_000 })
}

/** Waits for the words of the connection. */
export async function waitForConnection(
  { page }: Guest,
  words: 'Synced' | 'Offline' | 'Ended',
): Promise<void> {
  await page.locator('header').getByText(words, { exact: true }).waitFor()
}
