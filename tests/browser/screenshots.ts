import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { desk, type Look, phone } from './at-the-table'
import { openInn } from './inn'
import { launchBrowser } from './launch-browser'
import { openStage, scenes } from './scenes'

/** `npm run screenshots [-- name …]`: every scene, or those whose names begin with one of these, in every look. */
const shotsDir = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url))

/** By the end of the file's name. What needs English words to come about is photographed in English alone. */
const looks: Readonly<Record<string, Omit<Look, 'viewport'>>> = {
  light: {},
  dark: { colorScheme: 'dark' },
  ru: { locale: 'ru' },
  'pt-br': { locale: 'pt-BR' },
}

const [, , ...wanted] = process.argv
const chosen = scenes.filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
)

/** Photographs what was chosen, in one look. @param variant  ends the files' names */
async function photograph(browser: Browser, url: string, { variant, look }: Shot): Promise<void> {
  const stage = await openStage(browser, { url, look })
  for (const scene of chosen.filter(({ act }) => look.locale === undefined || act === undefined)) {
    const page = await stage.open(scene)
    const size = `${look.viewport.width}x${look.viewport.height}`
    await page.screenshot({ path: `${shotsDir}/${scene.name}-${size}-${variant}.png` })
  }
  await stage.close()
}

const shots: readonly Shot[] = [phone, desk].flatMap((viewport) =>
  Object.entries(looks).map(([variant, rest]) => ({ variant, look: { viewport, ...rest } })),
)

interface Shot {
  readonly variant: string
  readonly look: Look
}

mkdirSync(shotsDir, { recursive: true })
const inn = await openInn()
try {
  const browser = await launchBrowser()
  try {
    for (const shot of shots) await photograph(browser, inn.url, shot)
  } finally {
    await browser.close()
  }
  process.stdout.write(`Screenshots are in ${shotsDir}\n`)
} finally {
  await inn.tearDown()
}
