import { describe, expect, it } from 'bun:test'
import { startAge } from './age'
import { followTokens } from './page-signals'
import { FakeTime } from './time.fake'
import { type KeeperPorts, TokenKeeper } from './token-keeper'
import type { RefreshOutcome, TokenPair } from './token-refresh'

const halfHourMs = 30 * 60_000
const [dueMs, minute] = [halfHourMs * 0.8, 60_000]

function setUp({ ageMs = 0, chance = 0 } = {}) {
  const time = new FakeTime()
  const life = (sinceMs: number) => ({ forMs: halfHourMs, sinceMs })
  const page = {
    pair: { access: 'a1', refresh: 'r1', life: life(time.now() - ageMs) } as TokenPair | null,
    isVisible: true,
    isOffline: false,
    refreshed: [] as string[],
  }
  const ports: KeeperPorts = {
    ...{ now: time.now, ticks: time.ticks, after: time.after },
    random: { below: (bound) => Math.floor(chance * bound), uuid: () => '' },
    load: () => page.pair,
    isVisible: () => page.isVisible,
    async refresh(access): Promise<RefreshOutcome> {
      page.refreshed.push(access)
      if (page.isOffline) return { kind: 'unreachable' }
      const next = `a${page.refreshed.length + 1}`
      page.pair = { access: next, refresh: 'r', life: life(time.now()) }
      return { kind: 'fresh', access: next }
    },
  }
  const keeper = new TokenKeeper(ports)
  /** Lets what the timers started come to its end. */
  const pass = async (ms: number) => {
    time.advance(ms)
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return { time, page, keeper, pass }
}

describe('TokenKeeper', () => {
  it('renews at 80 % of the life, again and again', async () => {
    const { keeper, page, pass } = setUp()
    await keeper.look()
    await pass(dueMs - 1)
    expect(page.refreshed).toEqual([])
    await pass(1)
    expect(page.refreshed).toEqual(['a1'])
    await pass(dueMs)
    expect(page.refreshed).toEqual(['a1', 'a2'])
  })

  it('waits up to a tenth of the life longer, by chance', async () => {
    const { keeper, page, pass } = setUp({ chance: 0.999_999_9 })
    await keeper.look()
    await pass(halfHourMs * 0.9 - 1)
    expect(page.refreshed).toEqual([])
    await pass(1)
    expect(page.refreshed).toEqual(['a1'])
  })

  it('leaves the work to the visible tab, and looks when it comes into view', async () => {
    const { keeper, page, pass } = setUp()
    page.isVisible = false
    await keeper.look()
    await pass(halfHourMs)
    expect(page.refreshed).toEqual([])
    page.isVisible = true
    await keeper.look()
    expect(page.refreshed).toEqual(['a1'])
  })

  it('renews an old token at the start, and before a socket is opened', async () => {
    const { keeper, page, time } = setUp({ ageMs: dueMs - minute })
    await keeper.freshen()
    expect(page.refreshed).toEqual([])
    time.advance(minute)
    await keeper.freshen()
    expect(page.refreshed).toEqual(['a1'])
  })

  it('takes the pair of another tab for what it is', async () => {
    const { keeper, page, pass, time } = setUp()
    await keeper.look()
    await pass(dueMs - minute)
    page.pair = { access: 'b', refresh: 'r', life: { forMs: halfHourMs, sinceMs: time.now() } }
    await pass(minute)
    expect(page.refreshed).toEqual([])
    await pass(dueMs)
    expect(page.refreshed).toEqual(['b'])
  })

  it('tries again when the server cannot be reached', async () => {
    const { keeper, page, pass } = setUp({ ageMs: dueMs })
    page.isOffline = true
    await keeper.look()
    page.isOffline = false
    await pass(30_000)
    expect(page.refreshed).toEqual(['a1', 'a1'])
  })

  it('does nothing for nobody, without a life, and when it is stopped', async () => {
    const { keeper, page, pass, time } = setUp({ ageMs: halfHourMs })
    const old = page.pair
    page.pair = null
    await keeper.look()
    page.pair = { access: 'a', refresh: 'r' }
    await keeper.look()
    page.pair = old
    keeper.stop()
    await keeper.look()
    await pass(halfHourMs)
    expect([page.refreshed, time.timers]).toEqual([[], 0])
  })

  it('follows a page', async () => {
    const { keeper, page, pass } = setUp()
    const document = Object.assign(new EventTarget(), { hidden: false })
    const stop = followTokens(keeper, { document })
    page.isVisible = false
    await pass(halfHourMs)
    page.isVisible = true
    document.dispatchEvent(new Event('visibilitychange'))
    await pass(0)
    expect(page.refreshed).toEqual(['a1'])
    stop()
    await pass(halfHourMs)
    expect(page.refreshed.length).toBe(1)
  })
})

describe('startAge', () => {
  it('does not get younger when somebody sets the clock back, nor when the ticks stood still', () => {
    const time = new FakeTime()
    const ageMs = startAge(time, time.now() - 1_000)
    time.advance(1_000)
    time.sleep(-3_600_000)
    expect(ageMs()).toBe(2_000)
    time.sleep(2 * 3_600_000)
    expect(ageMs()).toBe(3_602_000)
  })
})
