import { afterEach, describe, expect, it } from 'bun:test'
import type { BrowserContext, Page, Request as PageRequest, Route } from 'playwright-core'
import { testChromium, until } from '../support/services'
import { seatOf, seatTextOf } from './ask-as'
import { desk, type Guest, invite, openTable } from './at-the-table'
import { expectSoon } from './expect-soon'
import {
  askAtOnce,
  expireAccessToken,
  hiddenTab,
  leaveTheTable,
  makeTokenDue,
  orphanTheLock,
  post,
  showTab,
  withoutLocks,
} from './tab-scripts'
import { useInn } from './use-inn'

const refreshPath = '/api/session/auth/refresh'
const tenTimes200 = Array.from({ length: 10 }, () => 200)

/** Counts what a browser asks the server for, in all of its tabs. */
function countAnswers(context: BrowserContext) {
  const answers: string[] = []
  context.on('response', (response) => {
    answers.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  return (answer: string) => answers.filter((each) => each === answer).length
}

/** Keeps the requests to an address back until a test lets them go. */
async function hold(place: Page | BrowserContext, path: string) {
  const held: Route[] = []
  const gate = { isOpen: false }
  await place.route(`**${path}`, async (route) => {
    if (gate.isOpen) await route.continue()
    else held.push(route)
  })
  return {
    arrived: () => until(() => held.length > 0),
    async release() {
      gate.isOpen = true
      await Promise.all(held.map((route) => route.continue()))
    },
  }
}

describe.skipIf(testChromium() === undefined)('tokens in several tabs (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()
  const contexts: BrowserContext[] = []
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
  })

  /** A game master with a seat. @param script  run in every tab before the page's own */
  async function seatGm(script?: string) {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    contexts.push(gm.context)
    if (script !== undefined) await gm.context.addInitScript(script)
    await openTable(gm, 'Phandalin', 'Mira')
    const home = async () => {
      const tab = await gm.context.newPage()
      await tab.goto('/')
      await tab.getByText('Welcome back, Mira').waitFor()
      return tab
    }
    return { gm, home, count: countAnswers(gm.context) }
  }

  const tokensOf = async (guest: Guest) => (await seatOf(guest)).tokens

  it('[SEC-64] refreshes once on a 401 and repeats the request', async () => {
    const { gm, count } = await seatGm()
    const before = await tokensOf(gm)
    await gm.page.evaluate(expireAccessToken)
    expect(await gm.page.evaluate<number[]>(askAtOnce(1))).toEqual([200])
    const answers = ['401 /api/session', `200 ${refreshPath}`, '200 /api/session']
    await expectSoon(() => answers.map(count), [1, 1, 1])
    const after = await tokensOf(gm)
    expect([after.access === before.access, after.refresh === before.refresh]).toEqual([false, false])
  }, 60_000)

  const ways = [
    ['one refresh with Web Locks', undefined, 1],
    ['at most four without', withoutLocks, 4],
  ] as const
  it.each(ways)(
    '[SEC-86] answers ten refused requests in each of four tabs: %s',
    async (_how, script, most) => {
      const { gm, home, count } = await seatGm(script)
      const tabs = [gm.page, await home(), await home(), await home()]
      await gm.page.evaluate(expireAccessToken)
      const answers = await Promise.all(tabs.map((tab) => tab.evaluate<number[]>(askAtOnce(10))))
      expect(answers).toEqual(tabs.map(() => tenTimes200))
      await until(() => count(`200 ${refreshPath}`) > 0)
      expect(count(`200 ${refreshPath}`)).toBeWithin(1, most + 1)
      expect(count(`401 ${refreshPath}`)).toBe(0)
    },
    60_000,
  )

  it('[SEC-87] goes on after eight seconds when another tab holds the lock for ever', async () => {
    const { gm, home, count } = await seatGm()
    const frozen = await home()
    await frozen.evaluate(orphanTheLock)
    await gm.page.evaluate(expireAccessToken)
    const startedAt = performance.now()
    expect(await gm.page.evaluate<number[]>(askAtOnce(10))).toEqual(tenTimes200)
    expect(performance.now() - startedAt).toBeWithin(7_500, 20_000)
    await expectSoon(() => count(`200 ${refreshPath}`), 1)
  }, 60_000)

  it('[SEC-89] does not bring a seat back that another tab gave up while a refresh was on its way', async () => {
    const { gm, home } = await seatGm()
    const other = await home()
    const refresh = await hold(gm.context, refreshPath)
    await gm.page.evaluate(expireAccessToken)
    const asking = gm.page.evaluate<number[]>(askAtOnce(1)).catch(() => 'refused')
    await refresh.arrived()
    await other.evaluate(leaveTheTable)
    await refresh.release()
    expect(await asking).toBe('refused')
    await expectSoon(() => seatTextOf(gm), null)
    await gm.page.getByRole('button', { name: 'Open the table' }).waitFor()
  }, 60_000)

  it('[SEC-90] repeats a request that left with an old token, without another refresh', async () => {
    const { gm, home, count } = await seatGm()
    const other = await home()
    await gm.page.evaluate(expireAccessToken)
    const late = await hold(gm.page, '/api/session')
    const asking = gm.page.evaluate<number[]>(askAtOnce(1))
    await late.arrived()
    await other.evaluate(askAtOnce(1))
    await late.release()
    expect(await asking).toEqual([200])
    await expectSoon(() => [count(`200 ${refreshPath}`), count('401 /api/session')], [1, 2])
  }, 60_000)

  it('[SEC-91] repeats a form whole, and says so when a body cannot be repeated', async () => {
    const { gm, count } = await seatGm()
    const bodies: (string | null)[] = []
    const answer = (request: PageRequest) => {
      bodies.push(request.postData())
      return bodies.length === 1 ? 401 : 200
    }
    await gm.page.route('**/api/echo', (route, request) =>
      route.fulfill({ status: answer(request), body: '{}' }),
    )
    const form = `(() => { const form = new FormData(); form.set('name', 'Торин'); return form })()`
    expect(await gm.page.evaluate<number>(post('/api/echo', form))).toBe(200)
    expect(bodies.map((body) => body?.includes('Торин'))).toEqual([true, true])
    await gm.page.route('**/api/refuse', (route) => route.fulfill({ status: 401, body: '{}' }))
    const stream = `new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('once')); c.close() } })`
    const outcome = await gm.page.evaluate(post('/api/refuse', stream, `{ adapter: 'fetch' }`))
    // Chromium streams a body over HTTP/2 alone, so it may fail before the server; it never looks like a success.
    expect(outcome).not.toBe(200)
    expect(count('200 /api/refuse')).toBe(0)
  }, 60_000)

  it('[SEC-92] takes a second 401 for an answer: one refresh and one repetition for a request', async () => {
    const { gm, count } = await seatGm()
    await gm.page.route('**/api/never', (route) => route.fulfill({ status: 401, body: '{}' }))
    expect(await gm.page.evaluate<number>(post('/api/never', '{}'))).toBe(401)
    await expectSoon(() => [count('401 /api/never'), count(`200 ${refreshPath}`)], [2, 1])
  }, 60_000)

  it('[SEC-81] signs every tab out and says why when the refresh token was stolen', async () => {
    const { gm, home } = await seatGm()
    const other = await home()
    const { refresh } = await tokensOf(gm)
    const steal = async (refreshToken: string): Promise<string> => {
      const answer = await gm.context.request.post(refreshPath, { data: { refreshToken } })
      return (await answer.json()).refreshToken
    }
    // The thief goes first, and twice: the owner's token is two generations old by then.
    await steal(await steal(refresh))
    await gm.page.evaluate(expireAccessToken)
    await gm.page.evaluate(askAtOnce(1)).catch(() => {})
    for (const tab of [gm.page, other]) await tab.getByText('every device was signed out').waitFor()
    await expectSoon(() => seatTextOf(gm), null)
  }, 60_000)

  it('renews a token that is due in the tab that is in view alone, and before anything is refused', async () => {
    const { gm, count } = await seatGm(hiddenTab)
    await gm.page.evaluate(makeTokenDue)
    await gm.page.goto('/about')
    const other = await gm.context.newPage()
    await other.goto('/about')
    for (const tab of [gm.page, other]) await tab.getByRole('heading').first().waitFor()
    expect(count(`200 ${refreshPath}`)).toBe(0)
    const before = await tokensOf(gm)
    await other.evaluate(showTab)
    await until(async () => (await tokensOf(gm)).access !== before.access)
    await gm.page.evaluate(showTab)
    expect(await gm.page.evaluate<number[]>(askAtOnce(1))).toEqual([200])
    await expectSoon(() => [count(`200 ${refreshPath}`), count('401 /api/session')], [1, 0])
  }, 60_000)

  it('renews a token that is due before the live channel is opened', async () => {
    const { gm, count } = await seatGm()
    await gm.page.evaluate(makeTokenDue)
    await gm.page.reload()
    await until(() => count(`200 ${refreshPath}`) === 1)
    expect(count('401 /api/session')).toBe(0)
  }, 60_000)
})
