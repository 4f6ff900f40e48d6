import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Die } from './roll-node'

/** Length of a seed, in bytes. */
const seedBytes = 32

/** What a player may add to a roll: 1 to 64 printable ASCII characters without `:`, which parts the fields. */
export const noncePattern = /^[ -9;-~]{1,64}$/

/** What all faces of one roll follow from. */
export interface FairRoll {
  /** 32 bytes, secret until all its rolls are made. */
  readonly seed: Uint8Array
  /** Both count from 1; `rollNumber` starts anew with every seed. */
  readonly seedNumber: number
  readonly rollNumber: number
  /** As `noncePattern` has it. */
  readonly nonce: string
}

const words = 2 ** 32
const wordsPerBlock = 8

/**
 * What a table publishes before it rolls with a seed: nobody can find another seed for it, nor the seed from it.
 *
 * @param seed  32 bytes
 * @returns SHA-256 in 64 lower-case hexadecimal digits
 * @throws RangeError when the seed has another length
 */
export function commitOf(seed: Uint8Array): string {
  refuseOtherSeeds(seed)
  return bytesToHex(sha256(seed))
}

/**
 * The faces of one roll, in the order in which they are asked for. The same roll always gives the same ones.
 *
 * @returns a die of 1 to 2^32 sides
 * @throws RangeError when the seed has another length, or the nonce could be read as a part of the numbers
 */
export function fairFaces(roll: FairRoll): Die {
  return facesFrom(fairWords(roll))
}

/**
 * @param nextWord  gives uniformly distributed whole numbers from 0 to 2^32 - 1
 * @returns a die without bias: words of the last, incomplete round of faces are skipped
 */
export function facesFrom(nextWord: () => number): Die {
  return (sides) => {
    if (!Number.isInteger(sides) || sides < 1 || sides > words)
      throw new RangeError(`A die of ${sides} sides`)
    const complete = words - (words % sides)
    let word = nextWord()
    while (word >= complete) word = nextWord()
    return 1 + (word % sides)
  }
}

// Block n is HMAC-SHA256(seed, "<seed number>:<roll number>:<nonce>:<n>"), read as eight words, high byte first.
function fairWords({ seed, seedNumber, rollNumber, nonce }: FairRoll): () => number {
  refuseOtherSeeds(seed)
  if (!noncePattern.test(nonce))
    throw new RangeError(`A nonce is 1 to 64 printable characters without a colon`)
  const keyed = hmac.create(sha256, seed)
  let block = new DataView(new ArrayBuffer(0))
  let drawn = 0
  return () => {
    const index = drawn % wordsPerBlock
    if (index === 0) {
      const message = `${seedNumber}:${rollNumber}:${nonce}:${drawn / wordsPerBlock}`
      block = new DataView(keyed.clone().update(utf8ToBytes(message)).digest().buffer)
    }
    drawn += 1
    return block.getUint32(index * 4)
  }
}

function refuseOtherSeeds(seed: Uint8Array): void {
  if (seed.length !== seedBytes) throw new RangeError(`A seed of ${seed.length} bytes`)
}
