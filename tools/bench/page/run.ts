import { openInn } from '../../../tests/browser/inn'
import { launchBrowser } from '../../../tests/browser/launch-browser'
import { openCrowdedTable } from './crowded-table'
import { measureEvents, measureLoad, type Opening } from './measure-page'
import { type Measured, toMarkdown } from './page-report'

const loads = 5
const events = 40

/** `npm run bench:page`: what the page costs a browser, as it is and with its processor four times slower. */
async function measure(): Promise<readonly Measured[]> {
  const inn = await openInn()
  const browser = await launchBrowser()
  try {
    const seat = await openCrowdedTable(inn.url)
    const rows: Measured[] = []
    for (const throttle of [1, 4] as const) {
      rows.push(...(await measureLoads('home', { url: inn.url, throttle, size: 'phone', seat: null })))
      for (const size of ['phone', 'desk'] as const)
        rows.push(...(await measureLoads(`table on a ${size}`, { url: inn.url, throttle, size, seat })))
      const delays = await measureEvents(browser, { url: inn.url, throttle, seat, samples: events })
      rows.push({ what: 'event to painted row', unit: 'ms', throttle, samples: delays, target: 50 })
    }
    return rows
  } finally {
    await browser.close()
    await inn.tearDown()
  }

  async function measureLoads(page: string, where: Opening): Promise<readonly Measured[]> {
    const measured = []
    for (let count = 0; count < loads; count += 1) measured.push(await measureLoad(browser, where))
    const { throttle } = where
    const kibibytes = measured.map(({ scriptBytes }) => scriptBytes / 1024)
    const interactive = measured.map(({ interactiveMs }) => interactiveMs)
    return [
      // The same bytes at any speed.
      ...(throttle === 1
        ? [
            {
              what: `${page}: JavaScript, gzip`,
              unit: 'KiB',
              throttle,
              samples: kibibytes,
              target: 180,
            } as const,
          ]
        : []),
      {
        what: `${page}: interactive`,
        unit: 'ms',
        throttle,
        samples: interactive,
        target: throttle === 4 ? 1_500 : null,
      },
    ]
  }
}

process.stdout.write(`${toMarkdown(await measure())}\n`)
