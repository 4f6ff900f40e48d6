import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { openInn } from './inn'
import { launchBrowser } from './launch-browser'

const shotsDir = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url))
const sizes = [
  { width: 360, height: 640 },
  { width: 1440, height: 900 },
] as const

interface Look {
  readonly baseURL: string
  readonly viewport: (typeof sizes)[number]
  readonly colorScheme: 'light' | 'dark'
  readonly locale: string
}

/**
 * Walks through every page and state with a game master and two players, and photographs each.
 *
 * @param baseURL  a running server; the command starts one of its own when none is named
 */
export async function takeScreenshots(baseURL: string): Promise<void> {
  mkdirSync(shotsDir, { recursive: true })
  const browser = await launchBrowser()
  try {
    for (const viewport of sizes) {
      for (const colorScheme of ['light', 'dark'] as const)
        await walk({ baseURL, viewport, colorScheme, locale: 'en-GB' })
      for (const locale of ['ru', 'pt-BR']) await walk({ baseURL, viewport, colorScheme: 'light', locale })
    }
  } finally {
    await browser.close()
  }

  async function walk(look: Look): Promise<void> {
    const shoot = (page: Page, name: string) => photograph(page, name, look)
    const contexts = await Promise.all([1, 2, 3].map(() => browser.newContext({ ...look })))
    const [gm, thorin, lia] = await Promise.all(contexts.map((context) => context.newPage()))
    if (gm === undefined || thorin === undefined || lia === undefined) throw new Error('No pages')
    await photographHome(gm, shoot)
    const code = await openTable(gm, shoot)
    await joinTable(thorin, code, 'Торин')
    await joinTable(lia, code, 'Lia')
    await playAWhile({ gm, thorin, lia })
    await photographTable(gm, shoot)
    await photographTroubles(thorin, shoot)
    await Promise.all(contexts.map((context) => context.close()))
  }
}

type Shoot = (page: Page, name: string) => Promise<void>

async function photograph(page: Page, name: string, { viewport, colorScheme, locale }: Look): Promise<void> {
  // Dialogs and cards arrive with a short animation.
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))')
  const variant = locale === 'en-GB' ? colorScheme : locale
  await page.screenshot({ path: `${shotsDir}/${name}-${viewport.width}x${viewport.height}-${variant}.png` })
}

async function photographHome(page: Page, shoot: Shoot): Promise<void> {
  await page.goto('/j/QX7M-2KDP')
  await page.locator('h1').waitFor()
  await shoot(page, 'home-by-link')
  await page.goto('/')
  await page.locator('h1').waitFor()
  await shoot(page, 'home')
  await page.locator('summary').click()
  await page.locator('details input').fill('ABCDE-FGHJK-MNPQR-STUVW')
  await page.locator('details button').click()
  await page.getByRole('alert').waitFor()
  await shoot(page, 'home-refused')
}

async function openTable(page: Page, shoot: Shoot): Promise<string> {
  const form = page.locator('form').first()
  await form.locator('input').nth(0).fill('Lost mines, Thursday')
  await form.locator('input').nth(1).fill('Mira')
  await form.locator('button').click()
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'recovery-key')
  await page.getByRole('dialog').locator('.button-primary').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await shoot(page, 'table-empty')
  await page.locator('header .button-primary').click()
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'invite')
  const code = await page.getByRole('dialog').locator('input').nth(1).inputValue()
  await page.keyboard.press('Escape')
  return code
}

async function joinTable(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/j/${code}`)
  const form = page.locator('form').first()
  await form.locator('input').nth(1).fill(name)
  await form.locator('button').click()
  await page.locator('#dice-tray-title').waitFor({ state: 'attached' })
}

async function typeRoll(page: Page, expression: string, visibility: string): Promise<void> {
  await page.locator('select').last().selectOption(visibility)
  const input = page.locator('form input')
  await input.fill(expression)
  await input.press('Enter')
}

async function roll(page: Page, expression: string, visibility = 'public'): Promise<void> {
  const cards = page.locator('ol > li.card')
  const count = await cards.count()
  await typeRoll(page, expression, visibility)
  await cards.nth(count).waitFor()
}

async function playAWhile({ gm, thorin, lia }: { gm: Page; thorin: Page; lia: Page }): Promise<void> {
  await roll(gm, '6x4d6kh3 # six abilities')
  await roll(lia, '1d20+3 # stealth')
  await roll(gm, '1d20+6 # does the dragon notice?', 'gm')
  await roll(thorin, '1d20+2 # insight', 'blind')
  await roll(gm, '8d6/2 [fire] # half a fireball')
  await roll(thorin, '2d20kh1+5 # axe, with advantage')
}

async function photographTable(page: Page, shoot: Shoot): Promise<void> {
  await shoot(page, 'table')
  await typeRoll(page, '4d6kh9', 'public')
  await page.locator('#dice-failure:not(:empty)').waitFor()
  await shoot(page, 'table-dice-refused')
  await page.goto('/')
  await page.locator('a.button').waitFor()
  await shoot(page, 'home-welcome-back')
  await page.locator('.button-bare').click()
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'home-leave')
}

async function photographTroubles(page: Page, shoot: Shoot): Promise<void> {
  await shoot(page, 'table-as-player')
  const context: BrowserContext = page.context()
  await context.setOffline(true)
  await page.locator('[role=status] strong').waitFor()
  await shoot(page, 'table-offline')
  await context.setOffline(false)
  await page.locator('[role=status] strong').waitFor({ state: 'detached' })
  const second = await context.newPage()
  await second.goto('/table')
  await second.getByRole('alert').locator('button').waitFor()
  await shoot(second, 'table-elsewhere')
}

if (import.meta.main) {
  const [given] = process.argv.slice(2)
  const inn = given === undefined ? await openInn() : undefined
  try {
    await takeScreenshots(given ?? inn?.url ?? '')
    process.stdout.write(`Screenshots are in ${shotsDir}\n`)
  } finally {
    await inn?.tearDown()
  }
}
