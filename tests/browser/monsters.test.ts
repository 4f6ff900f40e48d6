import { describe, expect, it } from 'bun:test'
import { testChromium } from '../support/services'
import { askAs } from './ask-as'
import { desk, type Guest, invite, phone, show } from './at-the-table'
import { expectSoon } from './expect-soon'
import { smallTargetsOf } from './small-targets'
import { foundTable, joinTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

interface Row {
  readonly name: string
  readonly alias: string | null
  readonly isHidden: boolean
  readonly initiative: number | null
  readonly group: string | null
}

interface RollHistory {
  readonly rolls: readonly { readonly roll: { readonly visibility: string; readonly expression: string } }[]
}

/** @returns the fight's rows as the game master's server tells them, by name */
async function rowsOf(guest: Guest): Promise<readonly Row[]> {
  const { combat } = await askAs<{ combat: { combatants: readonly Row[] } | null }>(guest, 'GET /api/combat')
  return (combat?.combatants ?? []).toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Opens the dialog through which creatures come. */
async function openDialog(guest: Guest): Promise<void> {
  await show(guest, 'Fight')
  await guest.page.getByRole('button', { name: 'Add creatures' }).first().click()
  await guest.page.getByRole('dialog', { name: 'Who comes to the fight' }).waitFor()
}

async function search({ page }: Guest, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Name of a creature' }).fill(text)
}

async function gone({ page }: Guest): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

describe.skipIf(testChromium() === undefined)('bringing creatures (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  for (const [size, viewport] of [
    ['a phone', phone],
    ['a desk', desk],
  ] as const)
    it(`brings several kinds in one go at ${size}`, async () => {
      const gm = await invite(browser(), inn().url, { viewport })
      await foundTable(gm, 'Phandalin', 'Mira')
      await openDialog(gm)
      await search(gm, 'goblin')
      const add = gm.page.getByRole('button', { name: 'Goblin: one more', exact: true })
      for (let count = 0; count < 3; count += 1) await add.click()
      await search(gm, 'bugb')
      await gm.page.getByRole('button', { name: 'Bugbear: one more' }).click()
      await gm.page.getByRole('button', { name: 'Bring 4' }).waitFor()
      expect(await violationsOn(gm.page)).toEqual([])
      expect(await smallTargetsOf(gm.page, '[role=dialog]')).toEqual([])
      await gm.page.getByRole('button', { name: 'Bring 4' }).click()
      await gone(gm)
      const rows = await rowsOf(gm)
      expect(rows.map(({ name }) => name)).toEqual(['Bugbear', 'Goblin 1', 'Goblin 2', 'Goblin 3'])
      expect(new Set(rows.slice(1).map(({ group }) => group)).size).toBe(1)
      expect(rows.every(({ isHidden }) => !isHidden)).toBe(true)

      await openDialog(gm)
      await gm.page.getByRole('heading', { name: 'Recently used' }).waitFor()
      expect(gm.complaints).toEqual([])
      await gm.context.close()
    }, 60_000)

  it('can be done with a keyboard alone: type, Enter, Enter', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    await foundTable(gm, 'Phandalin', 'Mira')
    await openDialog(gm)
    await gm.page.locator('[type=search]:focus').waitFor()
    await gm.page.keyboard.type('goblin')
    await gm.page.keyboard.press('Enter')
    await gm.page.getByRole('button', { name: 'Bring 1' }).waitFor()
    await gm.page.keyboard.press('Enter')
    await gm.page.getByRole('button', { name: 'Bring 2' }).focus()
    await gm.page.keyboard.press('Enter')
    await gone(gm)
    expect((await rowsOf(gm)).map(({ name }) => name)).toEqual(['Goblin 1', 'Goblin 2'])
    await gm.context.close()
  }, 60_000)

  it('finds creatures by their names in other languages, by kind and by challenge', async () => {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    await foundTable(gm, 'Phandalin', 'Mira')
    await openDialog(gm)
    await search(gm, 'гоблин')
    await gm.page.getByRole('button', { name: /^Goblin CR/ }).waitFor()
    await search(gm, '')
    await gm.page.getByRole('button', { name: 'Filters' }).click()
    await gm.page.getByLabel('Type').selectOption('dragon')
    await gm.page.getByLabel('CR from').selectOption('22')
    await gm.page.getByText('6 creatures').waitFor()
    await search(gm, 'no such thing')
    await gm.page.getByText('No creature is called that.').waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.context.close()
  }, 60_000)

  it('hides, renames, rolls and seats as the game master says, and joins a running fight at once', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    const lia = await invite(browser(), inn().url, { viewport: phone })
    await joinTable(lia, code, 'Lia')
    await askAs(lia, 'POST /api/characters', { name: 'Wren' })
    await openDialog(gm)
    await gm.page.getByRole('button', { name: 'Wren' }).click()
    await gm.page.getByRole('button', { name: 'Bring 1' }).click()
    await gone(gm)
    await askAs(gm, 'POST /api/combat/start', { roll: 'all' })

    await openDialog(gm)
    await search(gm, 'ogre')
    await gm.page.getByRole('button', { name: 'Ogre: one more', exact: true }).click()
    await gm.page.getByRole('button', { name: 'By hand' }).click()
    await gm.page.getByRole('textbox', { name: 'Name' }).first().fill('Warlord')
    await gm.page.getByRole('spinbutton', { name: 'HP' }).fill('40')
    await gm.page.getByRole('button', { name: 'Choose', exact: true }).first().click()
    await gm.page.getByRole('button', { name: 'Choose', exact: true }).last().click()
    await gm.page.getByRole('button', { name: /^Chosen/ }).click()
    const ogre = gm.page.getByRole('dialog').getByRole('listitem').first()
    await ogre.getByLabel('Players read').fill('A huge shadow')
    await ogre.getByLabel('Initiative').fill('17')
    await ogre.getByLabel('Players see HP').selectOption('hidden')
    await ogre.getByRole('combobox').nth(1).selectOption('rolled')
    const warlord = gm.page.getByRole('dialog').getByRole('listitem').nth(1)
    await warlord.getByLabel('Hidden from players').check()
    expect(await violationsOn(gm.page)).toEqual([])
    expect(await smallTargetsOf(gm.page, '[role=dialog]')).toEqual([])
    await gm.page.getByRole('button', { name: 'Bring 3' }).click()
    await gone(gm)

    const rows = await rowsOf(gm)
    expect(rows).toMatchObject([
      { name: 'Lair', initiative: 20 },
      { name: 'Ogre', alias: 'A huge shadow', initiative: 17 },
      { name: 'Warlord', isHidden: true, initiative: expect.any(Number) },
      { name: 'Wren' },
    ])
    expect((await rowsOf(lia)).map(({ name }) => name)).toEqual(['A huge shadow', 'Lair', 'Wren'])
    await lia.context.close()
    await gm.context.close()
  }, 60_000)

  it('shows a stat block whole, with its source, and rolls from it in the open and in secret', async () => {
    const gm = await invite(browser(), inn().url, { viewport: phone, colorScheme: 'dark' })
    await foundTable(gm, 'Phandalin', 'Mira')
    await openDialog(gm)
    await search(gm, 'adult red dragon')
    await gm.page.getByRole('button', { name: /^Adult Red Dragon CR/ }).click()
    const sheet = gm.page.getByRole('dialog', { name: 'Adult Red Dragon' })
    await sheet.getByText('Creative Commons Attribution 4.0').waitFor()
    await sheet.getByText('Fire Breath.').waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    expect(await smallTargetsOf(gm.page, '[role=dialog]')).toEqual([])
    await sheet.getByRole('button', { name: 'Attack +14' }).first().click()
    await sheet.getByText('Adult Red Dragon: Bite').waitFor()
    await sheet.getByLabel('In secret').check()
    await sheet.getByRole('button', { name: 'Damage 18d6' }).click()
    await sheet.getByText('Adult Red Dragon: Fire Breath').waitFor()
    const { rolls } = await askAs<RollHistory>(gm, 'GET /api/dice/history')
    const seen = rolls.map(({ roll }) => [roll.visibility, roll.expression])
    expect(seen).toEqual([
      ['gm', '18d6 [fire]'],
      ['public', '1d20+14'],
    ])
    await gm.page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await gm.page.locator(':focus', { hasText: /^\s*Adult Red Dragon/ }).waitFor()
    await gm.context.close()
  }, 60_000)

  it('says that the compendium is out of reach, and still offers what was used', async () => {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    await foundTable(gm, 'Phandalin', 'Mira')
    await openDialog(gm)
    await search(gm, 'wolf')
    await gm.page.getByRole('button', { name: 'Wolf: one more', exact: true }).click()
    await gm.page.getByRole('button', { name: 'Bring 1' }).click()
    await gone(gm)
    await gm.page.route('**/api/monsters**', (route) => route.abort())
    await openDialog(gm)
    await gm.page.getByText('The compendium cannot be reached right now.').waitFor()
    await gm.page.getByRole('button', { name: 'Wolf: one more', exact: true }).click()
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.page.getByRole('button', { name: 'Bring 1' }).click()
    await gone(gm)
    await expectSoon(async () => (await rowsOf(gm)).length, 2)
    await gm.page.unroute('**/api/monsters**')
    await openDialog(gm)
    await gm.page.getByText('322 creatures').waitFor()
    await gm.context.close()
  }, 60_000)
})
