import { parsePlayerUuid, type PlayerUuid } from '@innkeeper/protocol/ids'
import { limits } from '@innkeeper/protocol/limits'
import type { Random } from '@innkeeper/protocol/tools'
import { countGraphemes, firstGraphemes } from './graphemes'
import { guestNames } from './reserved-names'
import { skeleton } from './skeleton'

/** 128 bits: two guests never share a uuid, and nobody guesses one. */
const randomBytes = 16
/** `guest:`, this much of the name, `#` and 22 characters stay under the 128 of a player's uuid. */
const nameUnitsMax = 96
const randomTries = 4
const plainBase64url = { alphabet: 'base64url', omitPadding: true } as const

/**
 * A new guest's uuid: `guest:<name>#<random>`, the name for people who read logs, 22 characters of base64url to be
 * unique. Whatever is no letter, mark, digit, `.`, `-` or `_` becomes `_` in the name, and a long one is cut.
 *
 * @param name  as `parseName` accepted it
 */
export function guestUuid(name: string, random: Random): PlayerUuid {
  const readable = firstUnits(name.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_'), nameUnitsMax)
  const uuid = parsePlayerUuid(`guest:${readable}#${random.bytes(randomBytes).toBase64(plainBase64url)}`)
  if (uuid === undefined) throw new Error('A guest uuid must be a player uuid')
  return uuid
}

/** Whether a uuid belongs to a guest rather than an account. */
export function isGuestUuid(uuid: string): boolean {
  return uuid.startsWith('guest:')
}

/** Skeletons that are in use: a Set, a Map, or what asks one. */
export interface TakenSkeletons {
  readonly size: number
  has(skeleton: string): boolean
}

/**
 * The name itself when nobody in the room looks like it, else the name with a number: "player123 2", then up to four
 * random ones, then the first free number after as many as are taken. Cut where the number needs the room.
 *
 * @param name     as `parseName` accepted it
 * @param options  `random` spreads guests of one name; without it numbers count up
 */
export function disambiguate(
  name: string,
  taken: TakenSkeletons,
  options: { readonly random?: Random; readonly maxGraphemes?: number } = {},
): string {
  const { random, maxGraphemes = limits.nickMaxGraphemes } = options
  const isFree = (candidate: string) => !taken.has(skeleton(candidate))
  if (isFree(name)) return name
  for (const number of numbersToTry(taken.size, random)) {
    const candidate = numbered(name, number, maxGraphemes)
    if (isFree(candidate)) return candidate
  }
  throw new Error('The numbers to try never end')
}

/** The count ends the search: of any `size + 1` different candidates one is free, nearly always the first. */
function* numbersToTry(size: number, random: Random | undefined): Generator<number> {
  yield 2
  const spread = Math.max(1_000, size * 4)
  if (random !== undefined) for (let tried = 0; tried < randomTries; tried++) yield 3 + random.below(spread)
  for (let number = size + 2; ; number++) yield number
}

function numbered(name: string, number: number, maxGraphemes: number): string {
  const suffix = ` ${number}`
  const room = maxGraphemes - suffix.length
  if (countGraphemes(name) <= room) return name + suffix
  const cut = firstGraphemes(name, room).trimEnd()
  // "official supportive" must not become "official support 21".
  return (guestNames.refuses(cut) ? 'Somebody' : cut) + suffix
}

function firstUnits(text: string, count: number): string {
  const cut = text.slice(0, count)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}
