import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { askAs } from './ask-as'
import { closeDialog, desk, hasItsCode, type Guest, invite, phone, roll, show } from './at-the-table'
import { expectSoon } from './expect-soon'
import { foundTable, joinTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

const toTop = `document.querySelector('[role=region]:has(> ol)').scrollTop = 0`

interface Fight {
  readonly combat: { readonly combatants: readonly { readonly id: string; readonly name: string }[] }
}

describe.skipIf(testChromium() === undefined)('the log (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  /** A game master at a table with a fight of goblins, one of them unseen. */
  async function fight(
    viewport: typeof desk | typeof phone,
    serviceWorkers: 'allow' | 'block' = 'block',
  ): Promise<{ gm: Guest; code: string; goblin: string }> {
    const gm = await invite(browser(), inn().url, { viewport, serviceWorkers })
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    const stats = { name: 'Goblin', maxHp: 900 }
    const combatants = [
      { kind: 'custom', stats, hpShown: 'exact' },
      { kind: 'custom', stats: { ...stats, name: 'Lurker' }, isHidden: true },
    ]
    await askAs(gm, 'POST /api/combat/combatants', { combatants })
    await askAs(gm, 'POST /api/combat/start', { roll: 'all' })
    const { combat }: Fight = await askAs(gm, 'GET /api/combat')
    const goblin = combat.combatants.find(({ name }) => name === 'Goblin')?.id ?? ''
    return { gm, code, goblin }
  }

  const damage = (gm: Guest, id: string, amount: number) =>
    askAs(gm, 'POST /api/combat/damage', { targets: [{ id }], parts: [{ amount, type: 'fire' }] })
  const logOf = ({ page }: Guest) => page.getByRole('region', { name: /^(Log|Diário|Registro|Журнал)$/ })

  it('says a fight in the language of its reader, and all of it anew when that changes', async () => {
    const { gm, goblin } = await fight(desk)
    await damage(gm, goblin, 11)
    await logOf(gm).getByText('Goblin takes 11 damage (fire)').waitFor()
    await gm.page.getByLabel('Language').first().selectOption('ru')
    await logOf(gm).getByText('Goblin получает 11 урона (огонь)').waitFor()
    await expectSoon(() => logOf(gm).getByText('damage').count(), 0)
    await gm.page.getByLabel('Язык').first().selectOption('pt-BR')
    await logOf(gm).getByText('Goblin sofre 11 de dano (fogo)').waitFor()
    expect(gm.complaints).toEqual([])
    await gm.context.close()
  }, 60_000)

  it('marks for the game master what players do not read, and players do not have it', async () => {
    const { gm, code } = await fight(phone)
    await show(gm, 'Log')
    await logOf(gm).getByText('Lurker joins the combat').getByText('game master only').waitFor()
    const lia = await invite(browser(), inn().url, { viewport: phone })
    await joinTable(lia, code, 'Lia')
    await show(lia, 'Log')
    await logOf(lia).getByText('Goblin joins the combat').waitFor()
    expect(await lia.page.getByText('Lurker').count()).toBe(0)
    await Promise.all([gm.context.close(), lia.context.close()])
  }, 60_000)

  it('explains a number, and gives the focus back', async () => {
    const { gm, goblin } = await fight(phone)
    await damage(gm, goblin, 11)
    await show(gm, 'Log')
    const why = logOf(gm).getByRole('button', { name: 'Why? Goblin takes 11 damage (fire)' })
    await why.focus()
    await gm.page.keyboard.press('Enter')
    const dialog = gm.page.getByRole('dialog', { name: 'Goblin takes 11 damage (fire)' })
    await dialog.getByText('Hit points: 900 → 889').waitFor()
    await dialog.getByText('Rules of 2014').waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await closeDialog(gm)
    await until(
      async () =>
        await gm.page.evaluate<boolean>(`document.activeElement.getAttribute('aria-haspopup') === 'dialog'`),
    )
    await gm.context.close()
  }, 60_000)

  it('goes back to the beginning, and does not tear away whoever reads there when something happens', async () => {
    const { gm, goblin } = await fight(desk)
    // More than the state remembers.
    for (let amount = 1; amount <= 170; amount += 1) await damage(gm, goblin, amount)
    await logOf(gm).getByText('takes 170 damage').waitFor()
    await until(async () => {
      await gm.page.evaluate(toTop)
      return (await logOf(gm).getByText('Combat begins').count()) === 1
    })
    await gm.page.evaluate(toTop)
    const top = logOf(gm).getByText('Goblin joins the combat')
    await top.waitFor()
    await damage(gm, goblin, 200)
    await gm.page.getByRole('button', { name: '1 new' }).click()
    await logOf(gm).getByText('takes 200 damage').waitFor()
    await expectSoon(() => top.count(), 0)
    // And from now on it follows again.
    await damage(gm, goblin, 201)
    await logOf(gm).getByText('takes 201 damage').waitFor()
    await gm.context.close()
  }, 90_000)

  it('shows the fight or the rolls alone', async () => {
    const { gm, goblin } = await fight(phone)
    await damage(gm, goblin, 11)
    await roll(gm, '1d20+5 # perception')
    await show(gm, 'Log')
    await logOf(gm).getByText('perception').waitFor()
    await gm.page.getByText('Fight', { exact: true }).first().click()
    await logOf(gm).getByText('perception').waitFor({ state: 'detached' })
    await logOf(gm).getByText('takes 11 damage').waitFor()
    await gm.page.getByText('Rolls', { exact: true }).click()
    await logOf(gm).getByText('takes 11 damage').waitFor({ state: 'detached' })
    await logOf(gm).getByText('perception').waitFor()
    await gm.context.close()
  }, 60_000)

  it('says what waits while the line is down', async () => {
    const { gm } = await fight(phone, 'allow')
    await show(gm, 'Dice')
    await hasItsCode(gm)
    await gm.context.setOffline(true)
    await until(async () => (await gm.page.getByText('Offline').count()) > 0, { ms: 30_000 })
    for (const expression of ['1d20+1', '1d20+2', '1d20+3', '1d20+4']) await roll(gm, expression)
    await show(gm, 'Log')
    const waiting = gm.page.getByRole('list', { name: 'Not answered yet' })
    await waiting.getByText('1d20+1').waitFor()
    await waiting.getByText('waits for the connection').first().waitFor()
    await waiting.getByText('and 2 more').waitFor()
    await gm.context.setOffline(false)
    await waiting.waitFor({ state: 'detached', timeout: 30_000 })
    await logOf(gm).getByText('1d20+4').waitFor()
    await gm.context.close()
  }, 90_000)

  for (const colorScheme of ['light', 'dark'] as const)
    it(`gives a screen reader nothing to stumble over in the ${colorScheme}`, async () => {
      const gm = await invite(browser(), inn().url, { viewport: phone, colorScheme })
      await foundTable(gm, 'Phandalin', 'Mira')
      await askAs(gm, 'POST /api/dice/roll', { expression: '2d20kh1+5 # axe', visibility: 'gm' })
      await show(gm, 'Log')
      await logOf(gm).getByText('axe').waitFor()
      expect(await violationsOn(gm.page)).toEqual([])
      await gm.context.close()
    }, 60_000)
})
