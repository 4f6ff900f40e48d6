import { describe, expect, it } from 'bun:test'
import { awakeMs, followHonesty, honestyLevel } from './connection-honesty'
import type { ConnectionState } from './connection-state'
import type { WaitingCommand } from './outbox-storage'
import { FakeTime } from './time.fake'

const lost: ConnectionState = { kind: 'waiting', retryInMs: 500, sinceMs: 0 }
const live: ConnectionState = { kind: 'live' }
const command = (id: string, isSent = true): WaitingCommand => ({
  ...{ id, isSent },
  ...{ name: 'roll', payload: 1, sinceMs: 0 },
})

function setUp(state: ConnectionState = live) {
  const time = new FakeTime()
  const levels: string[] = []
  const followers = new Set<() => void>()
  const connection = {
    state,
    waiting: [] as readonly WaitingCommand[],
    follow(changed: () => void) {
      followers.add(changed)
      return () => void followers.delete(changed)
    },
  }
  const stop = followHonesty(connection, time, (level) => levels.push(level))
  const set = (next: Partial<Pick<typeof connection, 'state' | 'waiting'>>) => {
    Object.assign(connection, next)
    for (const changed of followers) changed()
  }
  return { time, levels, set, stop, followers }
}

describe('honestyLevel', () => {
  it.each([
    [0, 'quiet'],
    [4_999, 'quiet'],
    [5_000, 'icon'],
    [9_999, 'icon'],
    [10_000, 'words'],
    [19_999, 'words'],
    [20_000, 'warning'],
  ] as const)('after %i ms is %s', (lostForMs, level) => {
    expect(honestyLevel(lostForMs)).toBe(level)
  })
})

describe('awakeMs', () => {
  it('counts a late timer, and of a suspended page only what was planned', () => {
    expect([awakeMs(1_000, 1_000), awakeMs(3_000, 1_000), awakeMs(3_001, 1_000)]).toEqual([
      1_000, 3_000, 1_000,
    ])
  })
})

describe('followHonesty', () => {
  it('gets louder while the room is lost, and quiet when it is back', () => {
    const { time, levels, set } = setUp()
    set({ state: lost })
    time.advance(4_999)
    expect(levels).toEqual(['quiet'])
    time.advance(1)
    set({ state: { kind: 'connecting', sinceMs: 0 } })
    time.advance(5_000)
    time.advance(10_000)
    expect(levels).toEqual(['quiet', 'icon', 'words', 'warning'])
    set({ state: live })
    expect(levels.at(-1)).toBe('quiet')
  })

  it('says nothing of a short drop, and does not add drops up', () => {
    const { time, levels, set } = setUp()
    for (let drop = 0; drop < 10; drop += 1) {
      set({ state: lost })
      time.advance(4_000)
      set({ state: live })
      time.advance(1_000)
    }
    expect(levels).toEqual(['quiet'])
  })

  it('does not count the eight hours of a closed laptop', () => {
    const { time, levels, set } = setUp(lost)
    time.advance(2_000)
    time.suspend(8 * 3_600_000)
    time.advance(0)
    expect(levels).toEqual(['quiet'])
    set({ state: { kind: 'connecting', sinceMs: 0 } })
    time.advance(2_000)
    expect(levels).toEqual(['quiet', 'icon'])
  })

  it('shows a command without an answer on a line that seems to live, and goes on when the line is given up', () => {
    const { time, levels, set } = setUp()
    set({ waiting: [command('a')] })
    time.advance(10_000)
    expect(levels).toEqual(['quiet', 'icon', 'words'])
    set({ state: lost })
    time.advance(10_000)
    expect(levels).toEqual(['quiet', 'icon', 'words', 'warning'])
  })

  it('stays quiet while commands are answered, however many are on their way', () => {
    const { time, levels, set } = setUp()
    for (let at = 0; at < 60; at += 1) {
      set({ waiting: [command(`c${at}`), command(`c${at + 1}`)] })
      time.advance(1_000)
    }
    expect(levels).toEqual(['quiet'])
  })

  it('warns at once when the connection has ended', () => {
    const { levels, set } = setUp()
    set({ state: { kind: 'ended', code: 4410, reason: 'replaced' } })
    expect(levels).toEqual(['quiet', 'warning'])
  })

  it('rests while all is well, and when it is stopped', () => {
    const { time, set, stop, followers } = setUp()
    expect(time.timers).toBe(0)
    set({ state: lost })
    expect(time.timers).toBe(1)
    stop()
    expect([time.timers, followers.size]).toEqual([0, 0])
  })
})
