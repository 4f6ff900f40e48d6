import { describe, expect, it } from 'bun:test'
import { Pulse } from './pulse'
import { FakeTime } from './time.fake'

function setUp() {
  const time = new FakeTime()
  const seen = { asked: 0, silences: 0 }
  const pulse = new Pulse(time, { ask: () => (seen.asked += 1), onSilence: () => (seen.silences += 1) })
  pulse.heard()
  pulse.start()
  return { time, seen, pulse }
}

describe('Pulse', () => {
  it('asks nothing while there is something to hear', () => {
    const { time, seen, pulse } = setUp()
    for (let second = 0; second < 120; second += 10) {
      time.advance(10_000)
      pulse.heard()
    }
    expect(seen).toEqual({ asked: 0, silences: 0 })
  })

  it('asks after twenty seconds of silence, and once more when there was an answer', () => {
    const { time, seen, pulse } = setUp()
    time.advance(20_000)
    pulse.heard()
    expect(seen.asked).toBe(1)
    time.advance(20_000)
    expect(seen).toEqual({ asked: 2, silences: 0 })
  })

  it('gives the line up when nothing comes within five seconds', () => {
    const { time, seen } = setUp()
    time.advance(24_999)
    expect(seen.silences).toBe(0)
    time.advance(1)
    expect([seen, time.timers]).toEqual([{ asked: 1, silences: 1 }, 0])
  })

  it('is still when it is stopped', () => {
    const { time, pulse } = setUp()
    pulse.stop()
    expect(time.timers).toBe(0)
  })
})
