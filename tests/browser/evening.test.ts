import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import {
  desk,
  type Guest,
  invite,
  joinByLink,
  openTable,
  phone,
  show,
  waitForConnection,
} from './at-the-table'
import { useInn } from './use-inn'

/** What only the game master may ever read. */
const secret = 'XYZZYQ'
const names = ['Ana', 'Boris', 'Chiara', 'Dmitri', 'Fábio'] as const

/** One evening, each test a scene of it: a game master at a desk, five players with phones. */
describe.skipIf(testChromium() === undefined)('an evening on the page (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()
  const players: Guest[] = []
  const sentToPlayers: string[] = []
  let gm: Guest

  beforeAll(async () => {
    gm = await invite(browser(), inn().url, { viewport: desk, serviceWorkers: 'allow' })
  }, 60_000)
  afterAll(async () => {
    await Promise.all([gm, ...players].map(({ context }) => context.close()))
  })

  /** Everything that a player's browser is sent, whatever the way. */
  function listen({ page }: Guest): void {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => void sentToPlayers.push(String(payload))),
    )
    page.on('response', async (response) => {
      if (response.url().includes('/api/')) sentToPlayers.push(await response.text().catch(() => ''))
    })
  }

  const rowsOf = (guest: Guest) => guest.page.locator('[data-row]')
  const row = (guest: Guest, name: string) => rowsOf(guest).filter({ hasText: name }).first()
  const button = ({ page }: Guest, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true }).first()

  /** What the rows of the fight say: name, hit points, marks. */
  async function fightOf(guest: Guest): Promise<readonly string[]> {
    await show(guest, 'Fight')
    await rowsOf(guest).first().waitFor()
    const texts = await rowsOf(guest).allInnerTexts()
    return texts.map((text) => text.replaceAll('(you)', '').replace(/\s+/g, ' ').trim())
  }

  /**
   * Everyone at the table has the same fight before them, as far as players may see it.
   *
   * @param says  what only the fight as it is by now says: that of a moment ago may be the same everywhere, too
   */
  async function agree(says: (rows: readonly string[]) => boolean): Promise<void> {
    await until(
      async () => {
        const [first = [], ...others] = await Promise.all(players.map(fightOf))
        return says(first) && others.every((rows) => Bun.deepEquals(rows, first))
      },
      { ms: 20_000 },
    )
  }

  const tells = (name: string, text: string) => (rows: readonly string[]) =>
    rows.some((each) => each.includes(name) && each.includes(text))

  /** Gives the pad what is typed, for one creature. */
  async function pad(name: string, entry: string): Promise<void> {
    await row(gm, name).click()
    await gm.page.keyboard.press('d')
    const field = gm.page.getByRole('textbox', { name: 'Hit points: what to do' })
    await field.fill(entry)
    await button(gm, 'Apply').click()
    await field.waitFor({ state: 'detached' })
  }

  it('begins with two inputs for the game master and one for each player', async () => {
    const code = await openTable(gm, 'Lost mines', 'Mira')
    for (const name of names) {
      const player = await invite(browser(), inn().url, { viewport: phone, serviceWorkers: 'allow' })
      listen(player)
      await joinByLink(player, code, name)
      players.push(player)
    }
    await show(gm, 'Table')
    for (const name of names) await gm.page.getByText(name, { exact: true }).first().waitFor()
  }, 60_000)

  it('players make their characters with a name', async () => {
    for (const [index, player] of players.entries()) {
      await show(player, 'Party')
      await button(player, 'Make the character').click()
      const dialog = player.page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Name' }).fill(`${names[index]}’s hero`)
      await dialog.getByRole('button', { name: 'Make the character' }).click()
      await player.page.getByRole('heading', { name: `${names[index]}’s hero` }).waitFor()
    }
    await show(gm, 'Party')
    for (const name of names) await gm.page.getByText(`${name}’s hero`).first().waitFor()
  }, 60_000)

  it('an ambush: everyone is in the fight with a few taps, and nobody knows of the assassin', async () => {
    await button(gm, 'All 5 characters').click()
    await until(async () => (await rowsOf(gm).count()) === 5)
    await button(gm, 'Add creatures').click()
    const dialog = gm.page.getByRole('dialog')
    await dialog.getByRole('searchbox', { name: 'Name of a creature' }).fill('goblin')
    for (let count = 0; count < 3; count += 1)
      await dialog.getByRole('button', { name: 'Goblin: one more', exact: true }).click()
    await button(gm, 'Bring 3').click()
    await dialog.waitFor({ state: 'detached' })
    await button(gm, 'Roll for all').click()
    await until(async () => (await rowsOf(gm).count()) === 8)
    await button(gm, 'Begin the fight').click()
    await gm.page.getByText('Round 1').first().waitFor()
    await agree((rows) => rows.length === 8)
  }, 60_000)

  it('damage, healing and temporary hit points reach every phone, as far as it may know', async () => {
    await pad('Goblin 1', '5')
    await pad('Ana’s hero', '4')
    await pad('Ana’s hero', 't3')
    await pad('Ana’s hero', '+2')
    await agree(tells('Ana’s hero', '8/10'))
    const rows = await fightOf(players[0] ?? gm)
    expect(rows.find((text) => text.includes('Goblin 1'))).not.toMatch(/\d\/7/)
  }, 60_000)

  it('turns go round, and each player knows when it is theirs', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const acting = await gm.page.locator('[data-row][aria-current=step]').innerText()
      const index = names.findIndex((name) => acting.includes(`${name}’s hero`))
      const player = players[index]
      if (player === undefined) await button(gm, 'Next').click()
      else {
        await player.page.getByText(`Your turn, ${names[index]}’s hero!`).first().waitFor()
        await button(player, 'End turn').click()
      }
      await until(async () => {
        const now = await gm.page.locator('[data-row][aria-current=step]').innerText()
        return now !== acting
      })
    }
    await gm.page.getByText('Round 2').first().waitFor()
    await until(async () => {
      const rounds = players.map(({ page }) => page.getByText('Round 2').count())
      return (await Promise.all(rounds)).every((count) => count > 0)
    })
    await agree(() => true)
  }, 60_000)

  it('lines drop and the server is restarted: nobody loses a hit point, and nobody acts twice', async () => {
    const [ana = gm, boris = gm, chiara = gm] = players
    await ana.context.setOffline(true)
    await boris.context.setOffline(true)
    await show(ana, 'Dice')
    await ana.page.getByRole('textbox', { name: 'What to roll' }).fill('7d4 # out of reach')
    await ana.page.keyboard.press('Enter')
    await pad('Goblin 2', '3')
    await inn().close()
    await inn().reopen()
    await waitForConnection(gm, 'Synced')
    await pad('Boris’s hero', '6')
    await chiara.page.reload()
    await boris.page.reload().catch(() => {})
    await ana.context.setOffline(false)
    await boris.context.setOffline(false)
    await boris.page.reload()
    await agree(tells('Boris’s hero', '4/10'))
    await show(gm, 'Log')
    await until(async () => (await gm.page.getByText('out of reach').count()) > 0)
    const { length } = sentToPlayers.filter(
      (text) => text.includes('"type":"event"') && text.includes('out of reach'),
    )
    expect(length).toBeLessThanOrEqual(players.length * 2)
    for (const player of players) expect(player.complaints).toEqual([])
    expect(gm.complaints).toEqual([])
  }, 90_000)

  it('what is taken back is back, for everyone', async () => {
    const before = await fightOf(players[0] ?? gm)
    await pad('Goblin 3', '7')
    await until(async () => (await fightOf(gm)).some((text) => text.includes('Dead')))
    await agree((rows) => !Bun.deepEquals(rows, before))
    await button(gm, /^Undo/).click()
    await agree((rows) => Bun.deepEquals(rows, before))
  }, 60_000)

  it('no phone was ever sent what the game master kept to himself', async () => {
    await button(gm, 'Add creatures').click()
    const dialog = gm.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'By hand' }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).first().fill(`${secret} assassin`)
    await dialog.getByRole('spinbutton', { name: 'HP' }).fill('40')
    await dialog.getByRole('button', { name: 'Choose', exact: true }).first().click()
    await dialog.getByRole('button', { name: /^Chosen/ }).click()
    await dialog.getByLabel('Hidden from players').check()
    await dialog.getByRole('button', { name: 'Bring 1' }).click()
    await dialog.waitFor({ state: 'detached' })
    await until(async () => (await fightOf(gm)).some((text) => text.includes(secret)))
    await pad(secret, '3')
    // More than the temporary hit points take: it is seen on every phone, and what went before has come as well.
    await pad('Ana’s hero', '4')
    await agree(tells('Ana’s hero', '7/10'))
    expect(sentToPlayers.length).toBeGreaterThan(50)
    expect(sentToPlayers.filter((text) => text.includes(secret))).toEqual([])
  }, 60_000)
})
