import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import {
  defaultKeyPolicy as policy,
  hastenRotation,
  newKeyRecord,
  planKeys,
  type KeyRecord,
} from './key-plan'

const start = 1_795_000_000_000
const minutes = 60_000

/** Carries a plan out as the key ring does, with names instead of keys. */
function step(keys: readonly KeyRecord[], now: number): readonly KeyRecord[] {
  const plan = planKeys(keys, now, policy)
  if (plan.create === undefined) return plan.keys
  return [...plan.keys, newKeyRecord({ kid: `made ${now}`, state: plan.create }, now, policy)]
}

const states = (keys: readonly KeyRecord[]): readonly string[] => keys.map(({ state }) => state)

describe('planKeys', () => {
  it('starts with a key that signs at once', () => {
    expect(states(step([], start))).toEqual(['active'])
  })

  it('publishes a successor 15 minutes before it takes over, and keeps the old key for 20 more', () => {
    const first = step([], start)
    const due = start + policy.activeMs
    expect(states(step(first, due - policy.publishAheadMs - 1))).toEqual(['active'])
    const published = step(first, due - policy.publishAheadMs)
    expect(states(published)).toEqual(['active', 'pending'])
    expect(states(step(published, due - 1))).toEqual(['active', 'pending'])
    const changed = step(published, due)
    expect(states(changed)).toEqual(['retiring', 'active'])
    expect(states(step(changed, due + policy.retireMs - 1))).toEqual(['retiring', 'active'])
    expect(states(step(changed, due + policy.retireMs))).toEqual(['active'])
  })

  it('publishes a hastened successor at once, and still not before verifiers know it', () => {
    const hastened = step(hastenRotation(step([], start), start + minutes), start + minutes)
    expect(states(hastened)).toEqual(['active', 'pending'])
    expect(states(step(hastened, start + 15 * minutes))).toEqual(['active', 'pending'])
    expect(states(step(hastened, start + 16 * minutes))).toEqual(['retiring', 'active'])
  })

  it('lets the pending key sign at once when the active one was taken out', () => {
    const hastened = step(hastenRotation(step([], start), start), start)
    const left = hastened.filter(({ state }) => state !== 'active')
    expect(states(step(left, start + 1))).toEqual(['active'])
  })

  it('always has one key that signs, and none that signs without having been published in time', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 40 * 24 * 60 * minutes }), { maxLength: 30 })
    fc.assert(
      fc.property(waits, (steps) => {
        let now = start
        let keys = step([], now)
        for (const wait of steps) {
          now += wait
          const before = keys
          keys = step(keys, now)
          const active = keys.filter(({ state }) => state === 'active')
          const known = before.find(({ kid }) => kid === active[0]?.kid)
          const wasPublished = known !== undefined && now - known.createdAtMs >= policy.publishAheadMs
          if (active.length !== 1 || !(known?.state === 'active' || wasPublished)) return false
          if (JSON.stringify(step(keys, now)) !== JSON.stringify(keys)) return false
        }
        return true
      }),
    )
  })
})
