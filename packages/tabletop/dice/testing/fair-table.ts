import { bytesToHex } from '@noble/hashes/utils.js'
import { commitOf, fairFaces } from '../fair-dice'
import { parseDice } from '../parse-dice'
import { rollDice } from '../roll-dice'
import type { FairnessDocument, FairnessRoll } from '../fairness-document'
import { toFairnessRoll } from '../verify-rolls'

/** What is rolled: an expression, or dice of these sides one after the other. */
export type FairPlan = string | readonly number[]

/** @returns the seed with this number: the same every time, and no secret */
function seedOf(number: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => (number * 37 + index * 11) % 256)
}

/**
 * Rolls as an honest table does.
 *
 * @param plans  by number of the seed, from 1; each roll's number is its place
 * @returns a document in which all seeds are revealed
 */
export function fairTable(plans: readonly (readonly FairPlan[])[]): FairnessDocument {
  return {
    seeds: plans.map((rolls, index) => {
      const seed = seedOf(index + 1)
      return { number: index + 1, commit: commitOf(seed), seed: bytesToHex(seed), rolls: rolls.length }
    }),
    rolls: plans.flatMap((rolls, index) =>
      rolls.map((plan, place) =>
        rollFairly(plan, { seed: index + 1, roll: place + 1, nonce: `nonce ${place}` }),
      ),
    ),
  }
}

function rollFairly(plan: FairPlan, fair: Pick<FairnessRoll, 'seed' | 'roll' | 'nonce'>): FairnessRoll {
  const die = fairFaces({
    seed: seedOf(fair.seed),
    seedNumber: fair.seed,
    rollNumber: fair.roll,
    nonce: fair.nonce,
  })
  if (typeof plan !== 'string') return { ...fair, sides: [...plan], faces: plan.map((sides) => die(sides)) }
  const parsed = parseDice(plan)
  const result = 'error' in parsed ? parsed : rollDice(parsed.expression, die)
  if ('error' in result) throw new Error(`${plan}: ${result.error.code}`)
  return toFairnessRoll(fair, result)
}
