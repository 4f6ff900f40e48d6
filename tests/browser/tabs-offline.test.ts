import { describe, expect, it } from 'bun:test'
import type { Page, WebSocketRoute } from 'playwright-core'
import { testChromium, until } from '../support/services'
import { desk, type Guest, invite, openTable, roll, waitForConnection } from './at-the-table'
import { expectSoon } from './expect-soon'
import { useInn } from './use-inn'

/** The live channel of a page, which a test can take away and give back; the rest of the network stays. */
async function holdTheChannel(page: Page) {
  const line: { isDown: boolean; refused: number; open: WebSocketRoute | null } = {
    ...{ isDown: false, refused: 0, open: null },
  }
  await page.routeWebSocket(/\/ws\?/, (socket) => {
    if (line.isDown) {
      line.refused += 1
      void socket.close({ code: 4503 })
    } else {
      socket.connectToServer()
      line.open = socket
    }
  })
  return {
    async takeAway() {
      line.isDown = true
      await line.open?.close({ code: 4503 })
      // The page has noticed once it has tried to come back.
      await until(() => line.refused > 0)
    },
    giveBack: () => void (line.isDown = false),
  }
}

interface Roll {
  readonly name: string
  readonly payload: { readonly expression?: string }
}

describe.skipIf(testChromium() === undefined)('commands without a connection (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  /** @returns the expressions that the server has rolled, oldest first */
  async function rolled({ page }: Guest): Promise<readonly (string | undefined)[]> {
    const text = await page.evaluate<string>(
      `(async () => {
        const { access } = JSON.parse(localStorage.getItem('innkeeper.seat')).tokens
        const answer = await fetch('/api/session', { headers: { authorization: 'Bearer ' + access } })
        return await answer.text()
      })()`,
    )
    const log: readonly Roll[] = JSON.parse(text).state.log
    return log.filter(({ name }) => name === 'dice.rolled').map(({ payload }) => payload.expression)
  }

  const kept = ({ page }: Guest) =>
    page.evaluate<string[]>(
      `Object.keys(localStorage).filter((key) => key.startsWith('innkeeper.outbox.'))
        .flatMap((key) => JSON.parse(localStorage.getItem(key))).map(({ payload }) => payload.expression)`,
    )

  it('wait, survive a reload, and are done once and in order when the room is back', async () => {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    const channel = await holdTheChannel(gm.page)
    await openTable(gm, 'Phandalin', 'Mira')
    await roll(gm, '1d4')
    await until(async () => (await rolled(gm)).length === 1)
    // The room has rolled before the page hears of it: a channel that goes in between leaves the first roll waiting, too.
    await expectSoon(() => kept(gm), [])
    await channel.takeAway()
    await roll(gm, '2d6')
    await expectSoon(() => kept(gm), ['2d6'])
    await gm.page.reload()
    expect(await kept(gm)).toEqual(['2d6'])
    expect(await rolled(gm)).toEqual(['1d4'])
    channel.giveBack()
    await until(async () => (await rolled(gm)).length === 2, { ms: 20_000 })
    expect(await rolled(gm)).toEqual(['1d4', '2d6'])
    await waitForConnection(gm, 'Synced')
    await expectSoon(() => kept(gm), [])
    await gm.context.close()
  }, 60_000)
})
