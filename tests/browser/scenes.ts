import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Guest, Look } from './at-the-table'
import { invite } from './at-the-table'
import { type Evening, seedEvening, seedFight, takeSeat } from './seeded-evening'

/** Who looks at a scene: somebody without a seat, or somebody of the evening. */
type Who = 'stranger' | 'gm' | 'player'

/** A page in a state that is worth a look: photographed, measured for overflow, and searched by axe. */
export interface Scene {
  readonly name: string
  readonly who: Who
  /** @returns the address */
  readonly path: (evening: Evening) => string
  /** What brings the page into the state; what it waits for is in view when it resolves. */
  readonly act?: (page: Page) => Promise<void>
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

/** Every page and state, in the order of an evening. The words are English: scenes with an `act` are played in it. */
export const scenes: readonly Scene[] = [
  { name: 'home', who: 'stranger', path: () => '/' },
  { name: 'home-by-link', who: 'stranger', path: ({ gm }) => `/j/${gm.session.code}` },
  { name: 'account', who: 'stranger', path: () => '/account' },
  { name: 'about', who: 'stranger', path: () => '/about' },
  { name: 'verify', who: 'stranger', path: () => '/verify' },
  { name: 'screen-code', who: 'stranger', path: () => '/screen' },
  { name: 'screen', who: 'stranger', path: ({ gm }) => `/screen/${gm.session.code}` },
  { name: 'home-welcome-back', who: 'gm', path: () => '/' },
  { name: 'gm-fight', who: 'gm', path: () => '/table/fight' },
  { name: 'gm-party', who: 'gm', path: () => '/table/party' },
  { name: 'gm-dice', who: 'gm', path: () => '/table/dice' },
  { name: 'gm-log', who: 'gm', path: () => '/table/log' },
  { name: 'gm-people', who: 'gm', path: () => '/table/people' },
  {
    name: 'gm-invite',
    who: 'gm',
    path: () => '/table',
    act: async (page) => {
      await button(page, 'Invite').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'gm-sees-as', who: 'gm', path: ({ players }) => `/table/as/${players[0]?.player.uuid}` },
  { name: 'player-fight', who: 'player', path: () => '/table/fight' },
  { name: 'player-sheet', who: 'player', path: () => '/table/party' },
  { name: 'player-dice', who: 'player', path: () => '/table/dice' },
  { name: 'player-log', who: 'player', path: () => '/table/log' },
  { name: 'player-people', who: 'player', path: () => '/table/people' },
]

/** A seeded evening with one browser for each of who looks at it. */
export interface Stage {
  readonly guests: Readonly<Record<Who, Guest>>
  /** Goes to a scene. @returns its page, at rest */
  open(scene: Scene): Promise<Page>
  close(): Promise<void>
}

export interface StageOptions {
  readonly url: string
  readonly look: Look
  /** Runs on each new browser, before it opens anything. */
  readonly prepare?: (context: BrowserContext) => Promise<void>
}

/** @returns the stage for one size, theme and language */
export async function openStage(browser: Browser, { url, look, prepare }: StageOptions): Promise<Stage> {
  const evening = await seedEvening(url)
  await seedFight(evening)
  const [thorin = evening.gm] = evening.players
  const stranger = await invite(browser, url, look)
  await prepare?.(stranger.context)
  const sit = (seat: Evening['gm']) =>
    takeSeat(browser, url, { seat, look, ...(prepare === undefined ? {} : { prepare }) })
  const guests = { stranger, gm: await sit(evening.gm), player: await sit(thorin) }
  return {
    guests,
    async open({ who, path, act }) {
      const { page } = guests[who]
      await page.goto(path(evening))
      await page.locator('h1').first().waitFor({ state: 'attached' })
      await act?.(page)
      await atRest(page)
      return page
    },
    async close() {
      await Promise.all(Object.values(guests).map(({ context }) => context.close()))
    },
  }
}

/** Nothing is on its way any more, and nothing fades in: a card in the middle of it has a contrast of its own. */
async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))')
}
