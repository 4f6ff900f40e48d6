import { describe, expect, it } from 'bun:test'
import { parsePlayerUuid } from '@innkeeper/protocol/ids'
import type { Random } from '@innkeeper/protocol/tools'
import { countGraphemes } from './graphemes'
import { disambiguate, guestUuid, isGuestUuid } from './guests'
import { parseName } from './names'
import { guestNames } from './reserved-names'
import { skeleton } from './skeleton'

/** Repeatable randomness; `calls` counts the numbers that were drawn. */
function createSequence(seed = 1): Random & { readonly calls: () => number } {
  let state = seed
  let calls = 0
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => next() >>> 24),
    uuid: () => '00000000-0000-4000-8000-000000000000',
    below: (bound) => (calls++, Math.floor((next() / 2 ** 32) * bound)),
    calls: () => calls,
  }
}

describe('guestUuid', () => {
  it('shows the name, then at least 64 random bits that need no escaping', () => {
    expect(guestUuid('player123', createSequence())).toMatch(/^guest:player123#[A-Za-z0-9_-]{22}$/)
    expect(isGuestUuid(guestUuid('player123', createSequence()))).toBe(true)
  })

  it('is a player uuid whatever the name', () => {
    const names = [
      'Dr. Who',
      'Nguyễn Thị Mỹ Linh',
      '𠮷'.repeat(20),
      'a' + '👩🏻‍❤️‍💋‍👨🏿'.repeat(19),
      'é'.repeat(20),
      `a${'𠮷'.repeat(60)}`,
    ]
    for (const name of names) {
      const uuid = guestUuid(name, createSequence())
      expect(parsePlayerUuid(uuid)).toBe(uuid)
      expect(uuid.isWellFormed()).toBe(true)
      expect(uuid).toMatch(/^guest:[^#\s]+#[A-Za-z0-9_-]{22}$/)
    }
    expect(guestUuid('Dr. Who', createSequence())).toStartWith('guest:Dr._Who#')
  })
})

describe('disambiguate', () => {
  const taken = (...names: readonly string[]) => new Set(names.map(skeleton))

  it('leaves a name that nobody looks like', () => {
    expect(disambiguate('player123', taken('player124', 'alice'))).toBe('player123')
  })

  it('numbers a name that is taken, or looks like one that is', () => {
    expect(disambiguate('player123', taken('Player123'))).toBe('player123 2')
    expect(disambiguate('сосо', taken('coco'))).toBe('сосо 2')
    expect(disambiguate('Torin', taken('Torin', 'T0rin 2'))).toBe('Torin 4')
  })

  it('keeps within the limit, by what a reader counts', () => {
    for (const name of ['x'.repeat(20), '🎲'.repeat(19) + 'a', 'ด้'.repeat(20), 'a b c d e f g h i jk']) {
      const numbered = disambiguate(name, taken(name))
      expect(numbered).toEndWith(' 2')
      expect(countGraphemes(numbered)).toBeLessThanOrEqual(20)
    }
    expect(disambiguate('x'.repeat(20), taken('x'.repeat(20)))).toBe(`${'x'.repeat(18)} 2`)
  })

  it('never cuts a name down to a reserved one', () => {
    const name = 'official supporta'
    const numbered = disambiguate(name, taken(name), { maxGraphemes: 18 })
    expect(guestNames.refuses(numbered)).toBe(false)
    expect(numbered).toBe('Somebody 2')
  })

  it('[SEC-150] 100 000 guests of one name get 100 000 uuids and nicks, in at most 5 tries each and then a count', () => {
    const random = createSequence(7)
    const used = new Set<string>()
    const uuids = new Set<string>()
    const guests = 100_000
    for (let at = 0; at < guests; at++) {
      const before = random.calls()
      const nick = disambiguate('player123', used, { random })
      expect(random.calls() - before).toBeLessThanOrEqual(4)
      used.add(skeleton(nick))
      uuids.add(guestUuid(nick, random))
    }
    expect([used.size, uuids.size]).toEqual([guests, guests])
  }, 30_000)

  it('[SEC-150] counts on without randomness, and every nick is a name', () => {
    const used = new Set<string>()
    for (let at = 0; at < 2_000; at++) {
      const nick = disambiguate('a name of 20 letters', used)
      expect(parseName(nick, { reserved: guestNames })).toEqual({ name: nick, skeleton: skeleton(nick) })
      used.add(skeleton(nick))
    }
    expect(used.size).toBe(2_000)
  })
})
