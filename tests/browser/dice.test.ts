import { describe, expect, it } from 'bun:test'
import { testChromium } from '../support/services'
import { askAs } from './ask-as'
import { closeDialog, type Guest, invite, phone, show } from './at-the-table'
import { expectSoon } from './expect-soon'
import { smallTargetsOf } from './small-targets'
import { foundTable, joinTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

interface History {
  readonly rolls: readonly {
    readonly roll: { readonly expression: string; readonly result: { readonly total: number } }
  }[]
}

describe.skipIf(testChromium() === undefined)('the dice (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  const tray = ({ page }: Guest) => page.getByRole('region', { name: 'Dice' })

  async function atTheTray(): Promise<{ gm: Guest; code: string }> {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    await show(gm, 'Dice')
    await tray(gm).waitFor()
    return { gm, code }
  }

  /** @returns what was rolled at the table, newest first */
  async function rollsOf(guest: Guest): Promise<readonly string[]> {
    const { rolls }: History = await askAs(guest, 'GET /api/dice/history')
    return rolls.map(({ roll }) => roll.expression)
  }
  const rolled = (guest: Guest, expressions: readonly string[]) =>
    expectSoon(() => rollsOf(guest), expressions)
  const input = ({ page }: Guest) => page.getByRole('textbox', { name: 'What to roll' })
  /** Waits until a screen reader is told so. */
  const said = ({ page }: Guest, text: string) =>
    page.locator('[aria-live=polite]', { hasText: text }).waitFor({ state: 'attached' })
  const tap = ({ page }: Guest, name: string) => page.getByRole('button', { name, exact: true }).click()

  it('rolls a die at one tap, and several after they were collected', async () => {
    const { gm } = await atTheTray()
    await tap(gm, 'Roll d20')
    await rolled(gm, ['1d20'])
    await tap(gm, 'Collect')
    for (const die of ['d6', 'd6', 'd6', 'd8']) await tap(gm, `Add ${die}`)
    await expectSoon(() => input(gm).inputValue(), '3d6+1d8')
    await tap(gm, 'Roll')
    await rolled(gm, ['3d6+1d8', '1d20'])
    await gm.context.close()
  }, 60_000)

  it('takes a modifier and advantage along once', async () => {
    const { gm } = await atTheTray()
    for (let count = 0; count < 3; count += 1) await tap(gm, 'More')
    await gm.page.getByText('Adv.', { exact: true }).click()
    await tap(gm, 'Roll d20')
    await rolled(gm, ['2d20kh1+3'])
    await tap(gm, 'Roll d20')
    await rolled(gm, ['1d20', '2d20kh1+3'])
    // What was put together is at hand from now on, after a reload too.
    await gm.page.reload()
    await gm.page.getByRole('button', { name: 'Roll 2d20kh1+3' }).click()
    await rolled(gm, ['2d20kh1+3', '1d20', '2d20kh1+3'])
    await gm.context.close()
  }, 60_000)

  it('reads and writes the notation of its reader', async () => {
    const { gm } = await atTheTray()
    await gm.page.evaluate(`localStorage.setItem('innkeeper.language', 'ru')`)
    await gm.page.reload()
    const field = gm.page.getByRole('textbox', { name: 'Что бросить' })
    await field.fill('1к20+5')
    await gm.page.getByText('Бросок 1к20+5').waitFor()
    await field.press('Enter')
    await rolled(gm, ['1d20+5'])
    await gm.page.getByText('1к20+5').first().waitFor()
    await gm.context.close()
  }, 60_000)

  it('says what is wrong with an expression while it is written', async () => {
    const { gm } = await atTheTray()
    await input(gm).fill('4d6kh9')
    await gm.page.getByText('More dice are kept').waitFor()
    await input(gm).fill('4d6kh3')
    await gm.page.getByText('Rolls 4d6kh3').waitFor()
    await gm.context.close()
  }, 60_000)

  it('knows the odds, and says in words when there are too many possibilities', async () => {
    const { gm } = await atTheTray()
    await input(gm).fill('2d6')
    await tap(gm, 'Odds')
    const dialog = gm.page.getByRole('dialog', { name: 'Odds' })
    await dialog.getByText('From 2 to 12').waitFor()
    await dialog.getByRole('spinbutton', { name: 'At least' }).fill('10')
    await dialog.getByText('16.7%').waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await closeDialog(gm)
    await input(gm).fill('{60d1000, 60d1000, 60d999}kh2')
    await tap(gm, 'Odds')
    await dialog.getByText('too many possibilities').waitFor()
    await gm.context.close()
  }, 60_000)

  it('fits a phone without scrolling, and every control can be touched', async () => {
    const { gm } = await atTheTray()
    expect(await gm.page.evaluate<number>('document.documentElement.scrollWidth')).toBe(phone.width)
    expect(
      await gm.page.evaluate<number>(
        `(() => { const { scrollHeight, clientHeight } = document.querySelector('section:has(> #dice-tray-title)').parentElement; return scrollHeight - clientHeight })()`,
      ),
    ).toBe(0)
    expect(await smallTargetsOf(gm.page, 'section:has(> #dice-tray-title)')).toEqual([])
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.context.close()
  }, 60_000)

  it('shows the roll of the table on a stage that nothing below it notices', async () => {
    const { gm } = await atTheTray()
    await tap(gm, 'Roll d20')
    const stage = gm.page.locator('.stage')
    await stage.waitFor()
    // All of it at once: it is gone in a moment.
    const seen = await gm.page.evaluate<{ readonly total: string; readonly isInTheWay: boolean }>(`(() => {
      const stage = document.querySelector('.stage')
      const { x, y } = stage.getBoundingClientRect()
      const isInTheWay = document.elementFromPoint(x + 10, y + 10).closest('.stage') !== null
      return { total: stage.querySelector('.total').textContent, isInTheWay }
    })()`)
    const { rolls }: History = await askAs(gm, 'GET /api/dice/history')
    const total = rolls[0]?.roll.result.total
    expect(seen.total).toContain(String(total))
    expect(seen.isInTheWay).toBe(false)
    await said(gm, `Mira rolls 1d20: ${total}`)
    await stage.waitFor({ state: 'detached' })
    await gm.context.close()
  }, 60_000)

  it('does not move where its reader wants no motion', async () => {
    const { gm } = await atTheTray()
    await gm.page.emulateMedia({ reducedMotion: 'reduce' })
    await tap(gm, 'Roll d20')
    await gm.page.locator('.stage .total').waitFor()
    expect(
      await gm.page.evaluate(
        `document.getAnimations().filter(({ effect }) => effect.target?.closest('.stage')).length`,
      ),
    ).toBe(0)
    await gm.context.close()
  }, 60_000)

  it('lets a roll of others pass by at the edge, and says it', async () => {
    const { gm, code } = await atTheTray()
    const lia = await invite(browser(), inn().url, { viewport: phone })
    await joinTable(lia, code, 'Lia')
    await show(gm, 'Table')
    await askAs(lia, 'POST /api/dice/roll', { expression: '3 # nothing but luck', visibility: 'public' })
    await gm.page.getByText('nothing but luck', { exact: true }).waitFor()
    await said(gm, 'Lia rolls 3 (nothing but luck): 3')
    expect(await gm.page.locator('.stage').count()).toBe(0)
    await Promise.all([gm.context.close(), lia.context.close()])
  }, 60_000)

  it('puts a share of its own into every roll', async () => {
    const { gm } = await atTheTray()
    await tap(gm, 'Roll d20')
    await rolled(gm, ['1d20'])
    await tap(gm, 'Roll d4')
    await rolled(gm, ['1d4', '1d20'])
    const { rolls }: { readonly rolls: readonly { readonly nonce: string }[] } = await askAs(
      gm,
      'GET /api/dice/fairness',
    )
    const nonces = rolls.map(({ nonce }) => nonce)
    expect(new Set(nonces).size).toBe(2)
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f-]{36}$/)
    await gm.context.close()
  }, 60_000)
})
