import { describe, expect, it } from 'bun:test'
import type { Page } from 'playwright-core'
import { testChromium, until } from '../support/services'
import { desk, type Guest, invite, phone, show } from './at-the-table'
import { expectSoon } from './expect-soon'
import { smallTargetsOf } from './small-targets'
import { foundTable, joinTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

describe.skipIf(testChromium() === undefined)('characters in two browsers (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  /** A game master at a desk, a player with a phone. */
  async function seatTwo() {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    const player = await invite(browser(), inn().url, { viewport: phone })
    for (const { page } of [gm, player]) page.setDefaultTimeout(8_000)
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    await joinTable(player, code, 'Торин')
    await show(player, 'Party')
    const leave = async () => {
      expect([...gm.complaints, ...player.complaints]).toEqual([])
      await gm.context.close()
      await player.context.close()
    }
    return { gm, player, leave }
  }

  async function make({ page }: Guest, name: string) {
    await page.getByRole('button', { name: 'Make the character' }).click()
    await page.getByLabel(/^name$/i).fill(name)
    await page.getByRole('dialog').getByRole('button', { name: 'Make the character' }).click()
    await page.getByRole('heading', { name, level: 2 }).waitFor()
  }

  const section = (page: Page, name: string) =>
    page.getByRole('form').getByRole('button', { name, exact: false }).first()

  async function edit({ page }: Guest, name: string) {
    await page.getByRole('button', { name: 'Edit the sheet' }).click()
    await section(page, name).click()
  }

  async function save({ page }: Guest) {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Edit the sheet' }).waitFor()
  }

  async function openAsGm({ page }: Guest, name: string) {
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    await page.getByRole('heading', { name, level: 2 }).waitFor()
  }

  it('makes a character of a name, and rolls what its sheet says, for everyone to see', async () => {
    const { gm, player, leave } = await seatTwo()
    await make(player, 'Лия')
    await edit(player, 'Abilities')
    await player.page.getByLabel('Dexterity', { exact: true }).fill('16')
    await section(player.page, 'Skills').click()
    await player.page.getByLabel('Stealth', { exact: true }).selectOption({ label: 'expertise' })
    await save(player)

    await player.page.getByRole('button', { name: /^\(expertise\) Stealth|^Stealth/ }).click()
    const check = (text: string) => /Stealth/.test(text) && /\+7/.test(text)
    await until(async () =>
      check(await gm.page.getByRole('log').or(gm.page.locator('main')).first().innerText()),
    )
    await show(player, 'Log')
    await until(async () => check(await player.page.locator('main').innerText()))
    await leave()
  }, 90_000)

  it('spends a slot, and a rest brings it back and says so', async () => {
    const { player, leave } = await seatTwo()
    const { page } = player
    await make(player, 'Lia')
    await edit(player, 'Spellcasting')
    await page.getByLabel('Casts with').selectOption({ label: 'Charisma' })
    await page.getByLabel('1', { exact: true }).fill('3')
    await save(player)

    await page.getByRole('tab', { name: 'Actions' }).click()
    await page.getByRole('button', { name: 'Use one: Level 1 slots' }).click()
    await page.getByText('2 of 3 left').waitFor()
    await page.getByRole('button', { name: 'Long rest' }).click()
    await page.getByRole('button', { name: 'Rest', exact: true }).click()
    await page.getByRole('dialog').getByText('Level 1 slots').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('3 of 3 left').waitFor()
    await leave()
  }, 90_000)

  it('lets the game master give a character away, take it back, and bring a removed one back', async () => {
    const { gm, player, leave } = await seatTwo()
    await make(gm, 'Sildar')
    await gm.page.getByRole('button', { name: 'More about this character' }).click()
    await gm.page.getByLabel('Belongs to').selectOption({ label: 'Торин' })
    await player.page.getByRole('button', { name: 'Edit the sheet' }).waitFor()

    await gm.page.getByLabel('Belongs to').selectOption({ label: 'Game master' })
    await player.page.getByRole('button', { name: 'Make the character' }).waitFor()
    // What is another's is there to be read, without a control.
    await openAsGm(player, 'Sildar')
    await player.page.getByText('Nothing here for everyone to read yet.').waitFor()
    expect(await player.page.getByRole('button', { name: /Edit|More about|Condition/ }).count()).toBe(0)

    await gm.page.getByRole('button', { name: 'Remove the character' }).click()
    await gm.page.getByText('No characters yet.').waitFor()
    await gm.page.getByRole('button', { name: /^Undo/ }).first().click()
    await gm.page.getByRole('heading', { name: 'Sildar', level: 2 }).waitFor()
    await leave()
  }, 90_000)

  it('loses nothing when two write the same field, nor when the page is loaded anew', async () => {
    const { gm, player, leave } = await seatTwo()
    await make(player, 'Lia')
    await edit(player, 'Abilities')
    await player.page.getByLabel('Strength', { exact: true }).fill('14')
    await section(player.page, 'Notes').click()
    await player.page.getByLabel('Notes for you').fill('Owes the innkeeper three songs.')

    await openAsGm(gm, 'Lia')
    await edit(gm, 'Abilities')
    await gm.page.getByLabel('Wisdom', { exact: true }).fill('9')
    await save(gm)

    await player.page.getByText('Somebody else changed this').waitFor()
    await player.page.reload()
    await player.page.getByText('Somebody else changed this').waitFor()
    await expectSoon(() => player.page.getByText('Strength: 14').count(), 1)
    await expectSoon(() => player.page.getByText('Wisdom: 9').count(), 1)
    // What nobody disputes is saved, and the rest waits for an answer.
    await player.page.getByRole('button', { name: 'Save', exact: true }).click()
    await gm.page.getByRole('tab', { name: 'About' }).click()
    await gm.page.getByText('Owes the innkeeper three songs.').waitFor()

    await player.page.getByRole('button', { name: 'Keep mine' }).click()
    await save(player)
    await gm.page.getByRole('tab', { name: 'Checks' }).click()
    await gm.page.getByText('14', { exact: true }).waitFor()
    await leave()
  }, 90_000)

  it('carries a character over in a file', async () => {
    const { player, leave } = await seatTwo()
    const { page } = player
    await make(player, 'Lia')
    await page.getByRole('button', { name: 'More about this character' }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as a file' }).click()
    const path = await (await saved).path()
    await page.getByRole('button', { name: 'Remove the character' }).click()
    await page.getByRole('button', { name: 'Make the character' }).click()
    await page.locator('input[type=file]').setInputFiles(path)
    await page.getByRole('heading', { name: 'Lia', level: 2 }).waitFor()
    await leave()
  }, 90_000)

  for (const colorScheme of ['light', 'dark'] as const)
    it(`finds nothing to mend on a sheet and in its forms in the ${colorScheme}`, async () => {
      const player = await invite(browser(), inn().url, { viewport: phone, colorScheme })
      const { page } = player
      page.setDefaultTimeout(8_000)
      await foundTable(player, 'Phandalin', 'Mira')
      await show(player, 'Party')
      await page.getByRole('button', { name: 'Make the character' }).waitFor()
      expect(await violationsOn(page, { within: 'main' })).toEqual([])
      await make(player, 'Lia')
      for (const part of ['Checks', 'Actions', 'Gear', 'About']) {
        await page.getByRole('tab', { name: part }).click()
        await page.getByRole('tabpanel', { name: part }).locator('> *').first().waitFor()
        expect(await violationsOn(page, { within: 'main' })).toEqual([])
      }
      await page.getByRole('button', { name: 'Edit the sheet' }).click()
      for (const name of ['Abilities', 'Hit points', 'Attacks', 'Resistances', 'Inventory']) {
        await section(page, name).click()
        await section(page, name).and(page.locator('[aria-expanded=true]')).waitFor()
        expect(await violationsOn(page, { within: 'main' })).toEqual([])
      }
      expect(await smallTargetsOf(page, 'main')).toEqual([])
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(phone.width)
      await player.context.close()
    }, 120_000)
})
