import { type Browser, chromium } from 'playwright-core'
import { testChromium } from '../support/services'

/**
 * What a test pays for and does not look at. The list of the address bar is a page of its own in each window, as heavy
 * as ours; a spare process is started for a page that never comes. A second list replaces Playwright's, so those of
 * its entries that matter here are named again: nothing turns `http:` into `https:`, and what is drawn is what is there.
 */
const disabledFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
  ...['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'PaintHolding', 'DestroyProfileOnBrowserClose'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'LensOverlay', 'MediaRouter', 'OptimizationHints'],
  ...['NetworkTimeServiceQuerying', 'PreconnectToSearch', 'AimEnabled'],
]

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
  `--disable-features=${disabledFeatures.join(',')}`,
]

/** @returns a Chromium: the one that `npm test` found, or Debian's */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: testChromium() ?? '/usr/bin/chromium', args })
}
