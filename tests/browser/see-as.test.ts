import { describe, expect, it } from 'bun:test'
import { evolve } from '@innkeeper/tabletop/table/evolve'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import type { Page } from 'playwright-core'
import { testChromium, until } from '../support/services'
import { desk, type Guest, invite, phone, show } from './at-the-table'
import { ask, askAs, seatOf } from './ask-as'
import { expectSoon } from './expect-soon'
import { foundTable, joinTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

/** Listens to a page's sockets. @returns how to ask for its view: the latest welcome, and all events since folded in */
function foldFramesOf(page: Page) {
  const folded: { seq: number; state: TableState | undefined } = { seq: 0, state: undefined }
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(String(payload))
      if (frame.type === 'welcome' && frame.state !== undefined) folded.state = frame.state
      if (frame.type === 'event' && frame.by !== undefined && folded.state !== undefined)
        folded.state = evolve(folded.state, frame)
      if (frame.type === 'welcome' || frame.type === 'event') folded.seq = frame.seq
    }),
  )
  return () => folded
}

/** @returns the texts of the floor: those that stand in controls apart from those that do not */
async function textsOf({ page }: Guest): Promise<{ said: readonly string[]; controls: readonly string[] }> {
  return await page.evaluate<{ said: string[]; controls: string[] }>(`(() => {
    const texts = { said: [], controls: [] }
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.replace(/\\s+/g, ' ').trim()
      const parent = walker.currentNode.parentElement
      if (text === '' || !parent.checkVisibility()) continue
      // It stands over buttons, in a line of its own or with another button.
      const isCaption = [parent, parent.parentElement].some(
        (line) => line.nextElementSibling?.querySelector(':scope > button') != null,
      )
      const isControl = isCaption || parent.closest('button, a, label, form, select, fieldset, [role=status], [aria-live]') !== null
      texts[isControl ? 'controls' : 'said'].push(text)
    }
    return texts
  })()`)
}

interface Named {
  readonly id: string
  readonly name: string
}

/** Secrets and all: what the game master hides must be missing from the other's view. */
async function playAnEvening(gm: Guest, lia: Guest): Promise<void> {
  const uuid = (await seatOf(lia)).player.uuid
  await askAs(gm, 'POST /api/characters', {
    name: 'Wren',
    owner: uuid,
    summary: 'Half-elf bard 3',
    gmNotes: 'XYZZY',
  })
  await askAs(gm, 'POST /api/characters', { name: 'Gundren', isHidden: true })
  const { characters } = await askAs<{ characters: readonly { character: Named }[] }>(
    gm,
    'GET /api/characters',
  )
  const id = characters.find(({ character }) => character.name === 'Wren')?.character.id
  await askAs(gm, 'POST /api/combat/combatants', {
    combatants: [
      { kind: 'character', id },
      { kind: 'monster', monster: 'goblin', count: 2, alias: 'Shadow' },
      { kind: 'monster', monster: 'bugbear', isHidden: true, name: 'XYZZY' },
    ],
  })
  await askAs(gm, 'POST /api/combat/start', { roll: 'all' })
  const { combat } = await askAs<{ combat: { combatants: readonly Named[] } }>(gm, 'GET /api/combat')
  const goblin = combat.combatants.find(({ name }) => name.startsWith('Goblin'))
  await askAs(gm, 'POST /api/combat/damage', {
    targets: [{ id: goblin?.id }],
    parts: [{ amount: 4, type: 'fire' }],
  })
  for (const visibility of ['public', 'gm', 'self', 'blind'])
    for (const guest of [gm, lia])
      await askAs(guest, 'POST /api/dice/roll', { expression: `1d20+3 # ${visibility}`, visibility })
  await askAs(gm, 'POST /api/combat/next')
}

describe.skipIf(testChromium() === undefined)('looking through a player’s eyes (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  it('shows the game master, byte for byte, what the player was sent, and the same floor', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    const lia = await invite(browser(), inn().url, { viewport: desk })
    const foldOf = foldFramesOf(lia.page)
    await joinTable(lia, code, 'Lia')
    await playAnEvening(gm, lia)
    const uuid = (await seatOf(lia)).player.uuid

    const seen = await askAs<{ seq: number; state: TableState }>(gm, `GET /api/session/as/${uuid}`)
    await until(() => foldOf().seq === seen.seq)
    expect(foldOf().state).toEqual(seen.state)
    expect(JSON.stringify(seen)).not.toContain('XYZZY')
    // Welcomed anew, the player is sent the very bytes.
    await lia.page.reload()
    await until(() => JSON.stringify(foldOf().state) === JSON.stringify(seen.state))

    await gm.page.goto(`/table/as/${uuid}/party`)
    await gm.page.getByText('You see what Lia sees').waitFor()
    await show(lia, 'Party')
    const heightOf = async ({ page }: Guest) => (await page.locator('main').boundingBox())?.height ?? 0
    // Long lists hold only the rows that are in view: give both floors the same height.
    const missing = (await heightOf(lia)) - (await heightOf(gm))
    await gm.page.setViewportSize({ width: desk.width, height: desk.height + missing })
    await until(async () => (await heightOf(gm)) === (await heightOf(lia)))
    for (const guest of [lia, gm])
      await until(async () => {
        const { said } = await textsOf(guest)
        return said.includes('Wren') && said.length > 10
      })
    const differences = async () => {
      const [own, frozen] = await Promise.all([textsOf(lia), textsOf(gm)])
      const [ownTexts, frozenTexts] = [own, frozen].map(({ said, controls }) => [...said, ...controls])
      return {
        added: frozenTexts?.filter((text) => ownTexts?.includes(text) !== true),
        missing: own.said.filter((text) => frozenTexts?.includes(text) !== true),
      }
    }
    await expectSoon(differences, { added: [], missing: [] })
    expect(await gm.page.locator('main').innerText()).not.toContain('XYZZY')
    expect([...gm.complaints, ...lia.complaints]).toEqual([])
    await lia.context.close()
    await gm.context.close()
  }, 90_000)

  it('follows from player to player, to the table screen and back, and looks again on request', async () => {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    const lia = await invite(browser(), inn().url, { viewport: phone })
    await joinTable(lia, code, 'Lia')
    const tor = await invite(browser(), inn().url, { viewport: phone })
    await joinTable(tor, code, 'Tor')
    await show(gm, 'Table')
    await gm.page.getByRole('button', { name: 'Lia: what you can do' }).click()
    await gm.page.getByRole('link', { name: 'See what Lia sees' }).click()
    await gm.page.getByText('You see what Lia sees').waitFor()
    await gm.page.locator('main > *').first().waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.page.getByRole('combobox', { name: 'See as' }).selectOption({ label: 'Tor' })
    await gm.page.getByText('You see what Tor sees').waitFor()
    await show(gm, 'Log')
    await askAs(tor, 'POST /api/dice/roll', { expression: '1d20 # for myself', visibility: 'self' })
    await gm.page.getByRole('button', { name: 'Refresh' }).click()
    await gm.page.getByText('for myself').first().waitFor()
    await gm.page.getByRole('combobox', { name: 'See as' }).selectOption('watcher')
    await gm.page.getByText('You see what a stranger and the table screen see').waitFor()
    await until(async () => (await gm.page.getByText('for myself').count()) === 0)
    await gm.page.getByRole('link', { name: 'Back to my view' }).click()
    await gm.page.getByRole('heading', { name: 'Coming in' }).waitFor()
    for (const guest of [gm, lia, tor]) await guest.context.close()
  }, 60_000)

  it('is the game master’s alone: a player who opens the address is told no', async () => {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    const lia = await invite(browser(), inn().url, { viewport: phone })
    await joinTable(lia, code, 'Lia')
    const uuid = (await seatOf(gm)).player.uuid
    expect((await ask(lia, `GET /api/session/as/${uuid}`)).status).toBe(403)
    await lia.page.goto(`/table/as/${uuid}`)
    await lia.page.getByText('Only who runs the game can look through other eyes.').waitFor()
    expect(await lia.page.getByRole('navigation').count()).toBe(0)
    expect(await violationsOn(lia.page)).toEqual([])
    await lia.context.close()
    await gm.context.close()
  }, 60_000)
})
