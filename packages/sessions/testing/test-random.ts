import type { Random } from '@innkeeper/protocol/tools'

/** The same sequence for the same seed (mulberry32): for tests that have to be repeatable, and for nothing else. */
export function testRandom(seed: number): Random {
  const state = { value: seed >>> 0 }
  const next = (): number => {
    state.value = (state.value + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state.value ^ (state.value >>> 15), state.value | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => next() & 0xff)
  return {
    bytes,
    below: (bound) => next() % bound,
    uuid() {
      const hex = Buffer.from(bytes(16)).toString('hex').split('')
      hex[12] = '4'
      hex[16] = '89ab'[next() % 4] ?? '8'
      return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
  }
}
