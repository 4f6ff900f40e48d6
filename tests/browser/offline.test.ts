import { describe, expect, it } from 'bun:test'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAllInOne } from '@innkeeper/all-in-one/start-all-in-one'
import { readGameServerSettings } from '@innkeeper/game-server/config'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { silentLog } from '@innkeeper/protocol/tools'
import { buildWeb } from '@innkeeper/web/build'
import { testChromium, until } from '../support/services'
import { askAs, seatOf } from './ask-as'
import { desk, type Guest, invite, phone, show, waitForConnection } from './at-the-table'
import { expectSoon } from './expect-soon'
import { snapshotOf } from './kept-snapshot'
import { foundTable, joinTable } from './sit-down'
import { useInn } from './use-inn'

/** Runs in the page: the address of everything that is kept for when there is no server. */
const readKept = `caches.keys()
  .then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url))))
  .then((lists) => lists.flat())`

describe.skipIf(testChromium() === undefined)('without the server (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  /** A table in a fight, and a player with a phone who has seen it; all of it is kept on the phone. */
  async function seatInFight() {
    const gm = await invite(browser(), inn().url, { viewport: desk, serviceWorkers: 'allow' })
    const player = await invite(browser(), inn().url, { viewport: phone, serviceWorkers: 'allow' })
    await joinTable(player, await foundTable(gm, 'Phandalin', 'Mira'), 'Lia')
    await askAs(gm, 'POST /api/characters', { name: 'Elara' })
    const combatants = [{ kind: 'monster', monster: 'goblin', count: 2 }]
    await askAs(gm, 'POST /api/combat/combatants', { combatants })
    await askAs(gm, 'POST /api/combat/start', { roll: 'all' })
    await player.page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    await until(async () => (await snapshotOf(player)).includes('Goblin 2'), { ms: 10_000 })
    await until(async () => (await player.page.evaluate<string[]>(readKept)).length > 10)
    const leave = async () => {
      await gm.context.close()
      await player.context.close()
    }
    return { gm, player, leave }
  }

  async function expectKept(player: Guest): Promise<void> {
    await player.page.getByText('Offline since').waitFor()
    await show(player, 'Fight')
    await player.page.getByText('Goblin 2').first().waitFor()
    await show(player, 'Party')
    await player.page.getByText('Elara').first().waitFor()
  }

  it('opens with the table as it was, and comes alive by itself when the server is back', async () => {
    const { gm, player, leave } = await seatInFight()
    await inn().close()
    await player.page.reload()
    await expectKept(player)
    await inn().reopen()
    await waitForConnection(player, 'Synced')
    await player.page.getByText('Offline since').waitFor({ state: 'detached' })
    await until(() => askAs(gm, 'POST /api/combat/end', {}).then(() => true))
    await show(player, 'Fight')
    await player.page.getByText('Goblin 2').first().waitFor({ state: 'detached' })
    expect(player.complaints).toEqual([])
    await leave()
  }, 90_000)

  it('does the same on a phone without a network, from any address of the page', async () => {
    const { gm, player, leave } = await seatInFight()
    await player.context.setOffline(true)
    await player.page.goto('/table/log')
    await player.page.getByText('Offline since').waitFor()
    await player.page.goto('/')
    await player.page.getByText('Welcome back, Lia').waitFor()
    await player.page.getByRole('link', { name: 'Go to the table' }).click()
    await expectKept(player)
    await askAs(gm, 'POST /api/characters', { name: 'Bram' })
    await player.context.setOffline(false)
    await waitForConnection(player, 'Synced')
    await show(player, 'Party')
    await player.page.getByText('Bram').first().waitFor()
    await leave()
  }, 90_000)

  it('keeps the page and one table, and nothing that the server says about anybody', async () => {
    const { player, leave } = await seatInFight()
    await player.page.goto('/account')
    await player.page.getByRole('heading', { level: 1 }).waitFor()
    const kept = await player.page.evaluate<string[]>(readKept)
    expect(kept.filter((url) => /\/(api|auth|ws|rooms|getTicket|enterRoom)\b/.test(url))).toEqual([])
    expect(kept).toContain(`${inn().url}/`)
    expect(await snapshotOf(player)).not.toContain((await seatOf(player)).tokens.access)
    await player.page.goto('/')
    await player.page.getByRole('button', { name: 'Leave for good' }).click()
    await player.page.getByRole('button', { name: 'Leave', exact: true }).click()
    await expectSoon(() => snapshotOf(player), '""')
    await leave()
  }, 90_000)
})

describe.skipIf(testChromium() === undefined)('a new version of the page (needs TEST_CHROMIUM)', () => {
  const { browser } = useInn()

  it('waits behind a quiet line, takes nothing from a form, and comes when it is asked for', async () => {
    const home = mkdtempSync(join(tmpdir(), 'inn-versions-'))
    const pageFolder = join(home, 'page')
    cpSync(await buildWeb(() => {}), pageFolder, { recursive: true })
    const server = await startAllInOne({
      settings: readGameServerSettings({ PORT: '0', DATA_DIR: join(home, 'data') }),
      pageFolder,
      clock: Date.now,
      random: systemRandom,
      log: silentLog,
    })
    const guest = await invite(browser(), server.url, { viewport: desk, serviceWorkers: 'allow' })
    const { page } = guest
    await page.goto('/')
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    await until(() => page.evaluate<boolean>('navigator.serviceWorker.controller !== null'))
    const name = page.getByLabel('Name of the table')
    await name.fill('Half a name')

    const worker = join(pageFolder, 'sw.js')
    const [, version = ''] = /version:[`'"]([0-9a-f]{16})/.exec(readFileSync(worker, 'utf8')) ?? []
    expect(version).not.toBe('')
    writeFileSync(worker, readFileSync(worker, 'utf8').replace(version, 'f'.repeat(16)))
    // Its compressed twin would still be the version before.
    rmSync(`${worker}.gz`)
    await page.evaluate(
      'navigator.serviceWorker.getRegistration().then((known) => known.update()).then(() => true)',
    )
    await page.getByText('A new version is ready.').waitFor()
    expect(await name.inputValue()).toBe('Half a name')
    await page.getByRole('button', { name: 'Reload' }).click()
    await expectSoon(() => name.inputValue(), '')
    await page.getByText('A new version is ready.').waitFor({ state: 'detached' })
    const versions = [version, 'f'.repeat(16)].map((each) => `innkeeper-page-${each}`)
    await expectSoon(() => page.evaluate<string[]>('caches.keys()'), versions)
    expect(guest.complaints).toEqual([])
    await guest.context.close()
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }, 60_000)
})
