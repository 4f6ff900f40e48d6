import { parseDice } from './parse-dice'
import { rollDice } from './roll-dice'
import type { Die } from './roll-node'

/** A die that shows the given faces in order; it is a mistake of the test to draw more, or a face the die lacks. */
export function scriptedDie(faces: readonly number[]): Die & { readonly left: () => number } {
  let drawn = 0
  const die = (sides: number) => {
    const face = faces[drawn]
    drawn += 1
    if (face === undefined || face < 1 || face > sides)
      throw new Error(`No face ${face} on draw ${drawn} of a d${sides}`)
    return face
  }
  return Object.assign(die, { left: () => faces.length - drawn })
}

/** A die that repeats itself for the same seed: mulberry32, good enough for statistics, never for a game. */
export function seededDie(seed: number): Die {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return 1 + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides)
  }
}

/** Reads and rolls in one step. */
export function roll(text: string, die: Die): ReturnType<typeof rollDice> {
  const parsed = parseDice(text)
  return 'error' in parsed ? parsed : rollDice(parsed.expression, die)
}
