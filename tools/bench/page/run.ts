import type { Browser } from 'playwright-core'
import { openInn } from '../../../tests/browser/inn'
import { launchBrowser } from '../../../tests/browser/launch-browser'
import { openCrowdedTable } from './crowded-table'
import { measureEvents } from './measure-events'
import { measureLoad, weighLoad } from './measure-load'
import type { Opening, Throttle } from './open-page'
import { type Measured, toMarkdown } from './page-report'
import { takeQuietSamples } from './quiet-samples'

/** A page, by what it is called in the report. */
interface Place extends Opening {
  readonly what: string
}

const throttles = [1, 4] as const
/** Loads at each speed; the slow ones are those that something was promised about. */
const loads = { 1: 3, 4: 5 } as const
const events = 40

/** `npm run bench:page`: what the page costs a browser, as it is and with its processor four times slower. */
async function measure(): Promise<readonly Measured[]> {
  const inn = await openInn()
  const browser = await launchBrowser()
  try {
    const { url } = inn
    const { gm, player } = await openCrowdedTable(url)
    const places: readonly Place[] = [
      { url, what: 'home', size: 'phone', seat: null, shown: 'home' },
      { url, what: 'game master’s table, phone', size: 'phone', seat: gm, shown: 'panel' },
      { url, what: 'game master’s table, desk', size: 'desk', seat: gm, shown: 'log' },
      { url, what: 'player’s table, phone', size: 'phone', seat: player, shown: 'sheet' },
      { url, what: 'player’s table, desk', size: 'desk', seat: player, shown: 'log' },
    ]
    const rows: Measured[] = []
    for (const place of places) rows.push(...(await weigh(browser, place)))
    for (const throttle of throttles)
      for (const place of places) rows.push(await measureLoads(browser, place, throttle))
    for (const delays of await measureEvents(browser, { url, seat: gm, throttles, samples: events }))
      rows.push({
        what: 'event to painted row',
        unit: 'ms',
        target: delays.throttle === 1 ? 50 : null,
        ...delays,
      })
    return rows
  } finally {
    await browser.close()
    await inn.tearDown()
  }
}

async function weigh(browser: Browser, place: Place): Promise<readonly Measured[]> {
  const { firstBytes, laterBytes } = await weighLoad(browser, place)
  const row = { unit: 'KB', throttle: 1 } as const
  return [
    { ...row, what: `${place.what}: JavaScript, gzip`, samples: [firstBytes / 1000], target: 180 },
    { ...row, what: `${place.what}: fetched ahead later`, samples: [laterBytes / 1000], target: null },
  ]
}

async function measureLoads(browser: Browser, place: Place, throttle: Throttle): Promise<Measured> {
  return {
    what: `${place.what}: interactive`,
    unit: 'ms',
    throttle,
    ...(await takeQuietSamples(loads[throttle], () => measureLoad(browser, { ...place, throttle }))),
    target: throttle === 4 ? 1_500 : null,
  }
}

process.stdout.write(`${toMarkdown(await measure())}\n`)
