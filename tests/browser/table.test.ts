import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import {
  desk,
  type Guest,
  invite,
  joinByLink,
  labelsOf,
  namesOf,
  openTable,
  phone,
  roll,
  waitForConnection,
  show,
} from './at-the-table'
import { expectSoon } from './expect-soon'
import { useInn } from './use-inn'

describe.skipIf(testChromium() === undefined)('a table in two browsers (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  const everybody = ['Mira', 'Торин']

  /** A game master at a desk and a player with a phone, both seated. */
  async function seatTwo() {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    const player = await invite(browser(), inn().url, { viewport: phone })
    const code = await openTable(gm, 'Phandalin', 'Mira')
    await joinByLink(player, code, 'Торин')
    await expectSoon(() => namesOf(gm), everybody)
    const leave = async () => {
      await gm.context.close()
      await player.context.close()
    }
    return { gm, player, code, leave }
  }

  /** What has not been shown yet may still have to be fetched, which takes a line. */
  async function hasTheTray(guest: Guest): Promise<void> {
    await show(guest, 'Dice')
    await guest.page.getByRole('textbox', { name: 'What to roll' }).waitFor()
    await show(guest, 'Log')
  }

  it('shows both players to each other, and a roll to both at once', async () => {
    const { gm, player, leave } = await seatTwo()
    await expectSoon(() => namesOf(player), everybody)

    await roll(player, '2d20kh1+5 # axe')
    await until(async () => (await labelsOf(gm))[0] === 'axe')
    await until(async () => (await labelsOf(player))[0] === 'axe')
    const card = async ({ page }: typeof gm) =>
      (await page.locator('ol > li').first().innerText()).replace('(you)\n', '').replace(/\s+/g, ' ')
    await until(async () => (await card(player)) === (await card(gm)))
    const faces = await gm.page.locator('ol > li').first().locator('[title=d20]').allTextContents()
    expect(faces.length).toBe(2)
    expect(faces.filter((face) => face.includes('dropped')).length).toBe(1)

    expect([...gm.complaints, ...player.complaints]).toEqual([])
    await leave()
  }, 60_000)

  it('brings a player back without a gap, a repetition or a second seat', async () => {
    const { gm, player, leave } = await seatTwo()
    await roll(gm, '1d6 # before')
    await until(async () => (await labelsOf(player)).includes('before'))

    await hasTheTray(player)
    await player.context.setOffline(true)
    await waitForConnection(player, 'Offline')
    await roll(player, '1d6 # while away')
    await show(player, 'Log')
    await player.page.getByText('Waits for the connection').waitFor()
    for (const label of ['one', 'two', 'three']) await roll(gm, `1d6 # ${label}`)
    await until(async () => (await labelsOf(gm)).length === 4)
    expect(await labelsOf(player)).toEqual(['before'])

    await player.context.setOffline(false)
    await waitForConnection(player, 'Synced')
    const everything = ['while away', 'three', 'two', 'one', 'before']
    await until(async () => (await labelsOf(player)).length === 5)
    expect(await labelsOf(player)).toEqual(everything)
    await expectSoon(() => labelsOf(gm), everything)
    expect(await namesOf(gm)).toEqual(everybody)
    await leave()
  }, 60_000)

  it('keeps seat and log through a reload', async () => {
    const { gm, player, leave } = await seatTwo()
    await roll(gm, '1d6 # kept')
    await until(async () => (await labelsOf(player)).length === 1)
    await player.page.reload()
    await gm.page.reload()
    await until(async () => (await labelsOf(player))[0] === 'kept' && (await labelsOf(gm))[0] === 'kept')
    await expectSoon(() => namesOf(player), everybody)
    await leave()
  }, 60_000)

  it('goes on after the server was restarted', async () => {
    const { gm, player, leave } = await seatTwo()
    await roll(gm, '1d6 # before')
    await until(async () => (await labelsOf(player)).length === 1)
    await hasTheTray(player)
    await inn().close()
    await waitForConnection(player, 'Offline')
    await roll(player, '1d6 # meanwhile')
    await inn().reopen()
    for (const guest of [gm, player])
      await expectSoon(() => labelsOf(guest), ['meanwhile', 'before'], { ms: 20_000 })
    await leave()
  }, 60_000)

  it('is in one tab at a time, and moves on request', async () => {
    const { player, leave } = await seatTwo()
    const second = await player.context.newPage()
    await second.goto('/table')
    await second.getByRole('button', { name: 'Use it here' }).click()
    await player.page.getByText('You moved to another tab or device.').waitFor()
    await second.getByRole('navigation', { name: 'Parts of the table' }).waitFor()
    await leave()
  }, 60_000)

  it('shows a blind roll to the game master alone', async () => {
    const { gm, player, leave } = await seatTwo()
    await show(player, 'Dice')
    await player.page.getByLabel('Who sees it').selectOption('blind')
    await roll(player, '1d20 # insight')
    await until(async () => (await labelsOf(gm)).length === 1)
    // The stage says it too, for the moment that a roll is on it.
    await player.page.getByRole('main').getByText('The game master knows.').waitFor()
    expect(await player.page.locator('[title=d20]').count()).toBe(0)
    await expectSoon(() => gm.page.locator('ol [title=d20]').count(), 1)
    await leave()
  }, 60_000)

  it('says what is wrong with an expression, and lets it be mended', async () => {
    const { player, leave } = await seatTwo()
    await roll(player, '4d6kh9')
    await player.page.getByText('More dice are kept than there are.').waitFor()
    expect(await player.page.getByRole('textbox', { name: 'What to roll' }).inputValue()).toBe('4d6kh9')
    await leave()
  }, 60_000)
})
