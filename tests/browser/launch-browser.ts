import { type Browser, chromium } from 'playwright-core'
import { testChromium } from '../support/services'

// A browser in a container: no sandbox, no GPU, and no calls home that would blur what a test sees.
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @returns a Chromium: the one that `npm test` found, or Debian's */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: testChromium() ?? '/usr/bin/chromium', args })
}
