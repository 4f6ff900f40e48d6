import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { desk, type Look, phone } from './at-the-table'
import { openInn } from './inn'
import { launchBrowser } from './launch-browser'
import { scenes } from './scenes'
import { openStage, type StageOptions } from './stage'

/** `npm run screenshots [-- name …]`: every scene, or those whose names begin with one of these, in every look. */
const shotsDir = fileURLToPath(new URL('../../test-results/screenshots', import.meta.url))

/** By the end of the file's name. */
const looks: Readonly<Record<string, Pick<Look, 'colorScheme'> & Pick<StageOptions, 'language'>>> = {
  light: {},
  dark: { colorScheme: 'dark' },
  ru: { language: 'ru' },
  'pt-br': { language: 'pt-BR' },
}

const [, , ...wanted] = process.argv
const chosen = scenes.filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
)

interface Shot extends StageOptions {
  /** Ends the files' names. */
  readonly variant: string
}

/** Photographs what was chosen, in one look. What cannot be photographed is told, and does not keep the rest waiting. */
async function photograph(browser: Browser, { variant, ...options }: Shot): Promise<void> {
  const { width, height } = options.look.viewport
  const stage = await openStage(browser, options)
  for (const scene of chosen) {
    try {
      const page = await stage.open(scene)
      await page.screenshot({ path: `${shotsDir}/${scene.name}-${width}x${height}-${variant}.png` })
    } catch (error) {
      process.exitCode = 1
      process.stderr.write(`${scene.name}, ${width}x${height}, ${variant}: ${String(error)}\n`)
    }
  }
  await stage.close()
}

function shotsOf(url: string): readonly Shot[] {
  return [phone, desk].flatMap((viewport) =>
    Object.entries(looks).map(([variant, { language, ...light }]) => ({
      variant,
      url,
      look: { viewport, ...light },
      ...(language === undefined ? {} : { language }),
    })),
  )
}

mkdirSync(shotsDir, { recursive: true })
const inn = await openInn()
try {
  const browser = await launchBrowser()
  try {
    for (const shot of shotsOf(inn.url)) await photograph(browser, shot)
  } finally {
    await browser.close()
  }
  process.stdout.write(`Screenshots are in ${shotsDir}\n`)
} finally {
  await inn.tearDown()
}
