import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Random } from '@innkeeper/protocol/tools'
import { commitOf, fairFaces } from '../dice/fair-dice'
import type { Die } from '../dice/roll-node'
import type { DiceSeeded, Draw, TableEvent } from './table-events'
import type { TableState } from './table-state'

/**
 * The dice of one command. All of a table's faces come out of its committed seed, so that everyone can verify them
 * once the seed is revealed (see `dice/fair-dice`).
 */
export interface TableDice {
  readonly die: Die
  /** What a command without a roll of its own drew; undefined: nothing. */
  drawn(): Draw | undefined
  /** What to record before the command's own event: a table that has no seed yet commits to one first. */
  readonly seeded: readonly DiceSeeded[]
  readonly fair: { readonly seed: number; readonly roll: number; readonly nonce: string }
}

/** @param nonce  the player's share of the randomness; without one the server adds one */
export function tableDice(state: TableState, random: Random, nonce?: string): TableDice {
  const first = state.secrets?.seed == null ? newSeed(state, random) : undefined
  const seed = first?.seed ?? state.secrets?.seed ?? ''
  const fair = {
    seed: first?.number ?? state.dice?.number ?? 1,
    roll: (first ? 0 : (state.secrets?.rolls ?? 0)) + 1,
    nonce: nonce ?? bytesToHex(random.bytes(8)),
  }
  const face = fairFaces({
    seed: hexToBytes(seed),
    seedNumber: fair.seed,
    rollNumber: fair.roll,
    nonce: fair.nonce,
  })
  const sides: number[] = []
  const faces: number[] = []
  return {
    fair,
    seeded: first === undefined ? [] : [first],
    die(count) {
      const shown = face(count)
      sides.push(count)
      faces.push(shown)
      return shown
    },
    drawn: () => (faces.length === 0 ? undefined : { ...fair, sides: [...sides], faces: [...faces] }),
  }
}

/** @returns a commitment to a new seed, with the seed in it */
export function newSeed(
  { dice }: Pick<TableState, 'dice'>,
  random: Random,
): DiceSeeded & { readonly seed: string } {
  const seed = random.bytes(32)
  return { number: (dice?.number ?? 0) + 1, commit: commitOf(seed), seed: bytesToHex(seed) }
}

/** @returns the next seed, and the one before made public */
export function rotateSeed(state: TableState, random: Random): DiceSeeded {
  const { dice, secrets } = state
  const next = newSeed(state, random)
  if (dice === null || !secrets || secrets.seed === null) return next
  return { ...next, revealed: { ...dice, seed: secrets.seed, rolls: secrets.rolls } }
}

/** @returns what to record before the first faces that come out of a new commitment */
export function seededEvents({ seeded }: TableDice): readonly TableEvent[] {
  return seeded.map((payload): TableEvent => ({ name: 'dice.seeded', payload }))
}
