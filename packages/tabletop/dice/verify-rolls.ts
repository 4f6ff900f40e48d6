import { hexToBytes } from '@noble/hashes/utils.js'
import type { DiceResult } from './dice-result'
import { commitOf, fairFaces } from './fair-dice'
import type { FairnessDocument, FairnessExpression, FairnessRoll } from './fairness-document'
import { parseDice } from './parse-dice'
import { rollDice } from './roll-dice'
import type { Die } from './roll-node'

/** @returns a rolled expression as the document has it */
export function toFairnessRoll(
  fair: Pick<FairnessRoll, 'seed' | 'roll' | 'nonce'>,
  result: DiceResult,
): FairnessExpression {
  return { ...fair, expression: result.canonical, ...shownBy(result) }
}

/**
 * `bad-commitment`: the seed is not the one that was committed to, or none was. `mismatch`: dice of this seed do not
 * fall like that.
 */
export type RollVerdict = 'ok' | 'mismatch' | 'not-revealed' | 'bad-commitment'

/** A roll of the document. */
export interface VerifiedRoll {
  readonly seed: number
  readonly roll: number
  readonly verdict: RollVerdict
  /** What it should have been, where that differs; absent when what was rolled is no expression. */
  readonly recomputed?: ShownRoll
}

/** What players saw of a roll. */
export interface ShownRoll {
  readonly faces: readonly number[]
  /** Absent where there is nothing to add up. */
  readonly totals?: readonly number[]
}

/** What became of all the rolls of a document. */
export interface FairnessReport {
  /** In the order of the document. */
  readonly rolls: readonly VerifiedRoll[]
  /** Numbers of rolls that the seed has made but the document lacks: kept from its reader, or thrown away. */
  readonly missing: readonly { readonly seed: number; readonly from: number; readonly to: number }[]
  /** Numbers that more than one roll has, and which therefore show dice that were not independent. */
  readonly repeated: readonly { readonly seed: number; readonly roll: number }[]
}

/** Rolls everything again and compares. Needs nothing but the document, so it works offline and in a browser. */
export function verifyRolls(document: FairnessDocument): FairnessReport {
  const seeds = new Map(document.seeds.map((entry) => [entry.number, openedSeed(entry)]))
  return {
    rolls: document.rolls.map((entry) => verifyRoll(entry, seeds.get(entry.seed) ?? 'bad-commitment')),
    ...numberingOf(document),
  }
}

type OpenedSeed = Uint8Array | 'not-revealed' | 'bad-commitment'

function openedSeed({ commit, seed }: FairnessDocument['seeds'][number]): OpenedSeed {
  if (seed === undefined) return 'not-revealed'
  const bytes = hexToBytes(seed)
  return commitOf(bytes) === commit ? bytes : 'bad-commitment'
}

function verifyRoll(entry: FairnessRoll, seed: OpenedSeed): VerifiedRoll {
  const place = { seed: entry.seed, roll: entry.roll }
  if (typeof seed === 'string') return { ...place, verdict: seed }
  const die = fairFaces({ seed, seedNumber: entry.seed, rollNumber: entry.roll, nonce: entry.nonce })
  const recomputed = 'sides' in entry ? { faces: entry.sides.map(die) } : rolledAgain(entry.expression, die)
  if (recomputed && isSame(recomputed, entry)) return { ...place, verdict: 'ok' }
  return { ...place, verdict: 'mismatch', ...(recomputed ? { recomputed } : {}) }
}

// Another notation of the same roll is a document that somebody wrote anew, so it is as good as no expression.
function rolledAgain(expression: string, die: Die): ShownRoll | undefined {
  const parsed = parseDice(expression)
  if ('error' in parsed) return undefined
  const result = rollDice(parsed.expression, die)
  return 'error' in result || result.canonical !== expression ? undefined : shownBy(result)
}

function shownBy(result: DiceResult): { readonly faces: number[]; readonly totals: number[] } {
  return {
    faces: result.outcomes.flatMap(({ terms }) => terms.flatMap(({ dice }) => dice.map(({ face }) => face))),
    totals: result.outcomes.map(({ total }) => total),
  }
}

function isSame(recomputed: ShownRoll, shown: ShownRoll): boolean {
  return isSameList(recomputed.faces, shown.faces) && isSameList(recomputed.totals ?? [], shown.totals ?? [])
}

function isSameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

function numberingOf({ seeds, rolls }: FairnessDocument): Pick<FairnessReport, 'missing' | 'repeated'> {
  const missing: { seed: number; from: number; to: number }[] = []
  const repeated: { seed: number; roll: number }[] = []
  // Not Map.groupBy: phones that are a year old do not have it. Not a look through all rolls for each seed either: a
  // document may be anybody's, and have many of both.
  const bySeed = new Map<number, number[]>(seeds.map(({ number }) => [number, []]))
  for (const { seed, roll } of rolls) bySeed.get(seed)?.push(roll)
  for (const { number: seed, rolls: made = 0 } of seeds) {
    const numbers = bySeed.get(seed) ?? []
    let expected = 1
    for (const roll of numbers.sort((a, b) => a - b)) {
      if (roll < expected) repeated.push({ seed, roll })
      if (roll > expected) missing.push({ seed, from: expected, to: roll - 1 })
      expected = roll + 1
    }
    if (expected <= made) missing.push({ seed, from: expected, to: made })
  }
  return { missing, repeated }
}
