import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { type Guest, invite, type Look, phone } from './at-the-table'
import { type Chapter, chapters, type Scene, type Who } from './scenes'
import { type Evening, seedEvening, seedFight, seedFoes, takeSeat } from './seeded-evening'
import { settle } from './violations'

/** A seeded evening with one browser for each of who looks at it. */
export interface Stage {
  readonly guests: Readonly<Record<Who, Guest>>
  /**
   * Goes to a scene; the evening goes on as far as the scene needs, and never back.
   *
   * @returns its page, at rest
   */
  open(scene: Scene): Promise<Page>
  close(): Promise<void>
}

export interface StageOptions {
  readonly url: string
  readonly look: Omit<Look, 'locale'>
  /** What the page speaks once the scene is there; English when it is left out. */
  readonly language?: 'ru' | 'pt-BR'
  /** Runs on each new browser, before it opens anything. */
  readonly prepare?: (context: BrowserContext) => Promise<void>
}

/** @returns the stage for one size, theme and language */
export async function openStage(browser: Browser, options: StageOptions): Promise<Stage> {
  const { url, language } = options
  const evening = await seedEvening(url)
  const guests = await seatGuests(browser, evening, options)
  const rests = new Map(Object.values(guests).map(({ page }) => [page, followRest(page)]))
  const told: Chapter[] = ['gathered']
  return {
    guests,
    async open({ who, chapter = 'fight', path, act }) {
      for (const next of chapters.slice(told.length, chapters.indexOf(chapter) + 1)) {
        await tell[next](evening, url)
        told.push(next)
      }
      const { page } = guests[who]
      // An act finds its way by English words; what it has brought about is then put into the other language.
      await keepLanguage(page, act === undefined ? language : undefined)
      await page.goto(path(evening))
      for (const landmark of ['h1', 'main'])
        await page.locator(landmark).first().waitFor({ state: 'attached' })
      await act?.(page)
      if (act !== undefined && language !== undefined) await translate(page, language)
      await rests.get(page)?.()
      return page
    },
    async close() {
      await Promise.all(Object.values(guests).map(({ context }) => context.close()))
    },
  }
}

async function seatGuests(
  browser: Browser,
  { gm, players: [thorin = gm] }: Evening,
  { url, look, prepare }: StageOptions,
): Promise<Stage['guests']> {
  // A phone is in a hand: what it shows, it shows for fingers.
  const held = look.viewport === phone ? { ...look, hasTouch: true, isMobile: true } : look
  const stranger = await invite(browser, url, held)
  await prepare?.(stranger.context)
  await stranger.page.goto('/')
  const sit = (seat: Evening['gm']) =>
    takeSeat(browser, url, { seat, look: held, ...(prepare === undefined ? {} : { prepare }) })
  return { stranger, gm: await sit(gm), player: await sit(thorin) }
}

/** What happens in each chapter, past the pages. */
const tell: Readonly<Record<Chapter, (evening: Evening, url: string) => Promise<void>>> = {
  gathered: async () => {},
  setup: seedFoes,
  fight: seedFight,
  'death-save': async ({ tables, gm, heroes: [thorin] }) => {
    const body = { targets: [{ id: thorin }], amount: 24 }
    await tables.done(gm, 'POST /api/combat/damage', { body })
  },
  concentration: async ({ tables, gm, heroes: [, lia] }) => {
    await tables.done(gm, 'POST /api/combat/concentrate', { body: { id: lia, spell: 'Bless' } })
    await tables.done(gm, 'POST /api/combat/damage', { body: { targets: [{ id: lia }], amount: 6 } })
  },
  claim: async ({ gm }, url) => {
    const answer = await fetch(`${url}/api/session/claims`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: gm.session.code, name: 'Lia' }),
    })
    if (!answer.ok) throw new Error(`The claim was answered ${answer.status}: ${await answer.text()}`)
  },
}

/** Chooses what the page speaks from its next load on; undefined: what the browser asks for. */
async function keepLanguage(page: Page, language: string | undefined): Promise<void> {
  const key = `'innkeeper.language'`
  await page.evaluate(
    language === undefined
      ? `localStorage.removeItem(${key})`
      : `localStorage.setItem(${key}, '${language}')`,
  )
}

/** Chooses another language on the page, past whatever lies over the choice. */
async function translate(page: Page, language: string): Promise<void> {
  await page.evaluate(`(() => {
    const select = document.querySelector('select:has(> option[value="${language}"])')
    select.value = '${language}'
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })()`)
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
}

/**
 * Follows what a page asks for. Quicker than to wait for half a second of silence, which each scene would cost.
 *
 * @returns resolves once nothing is on its way, and nothing fades in: a card in the middle of it has a contrast of its own
 */
function followRest(page: Page): () => Promise<void> {
  const underWay = new Set<Request>()
  page.on('request', (request) => underWay.add(request))
  page.on('requestfinished', (request) => underWay.delete(request))
  page.on('requestfailed', (request) => underWay.delete(request))
  return async () => {
    do {
      // What has arrived is drawn, and may ask for more.
      await settle(page)
    } while (underWay.size > 0)
  }
}
