import { limits } from '@innkeeper/protocol/limits'
import { AppError } from '@innkeeper/protocol/problems'
import { findSymbol, hasForbidden, hasLetterOrDigit, hasTooManyMarks, withoutEmoji } from './characters'
import { countGraphemes } from './graphemes'
import { accountNames, type ReservedNames } from './reserved-names'
import { mixesScripts } from './scripts'
import { skeleton } from './skeleton'

/** A name that may be shown. */
export interface Name {
  /** As to be shown and stored: NFC, no space at the ends, single spaces inside. */
  readonly name: string
  /** What it looks like; a unique index belongs on this. */
  readonly skeleton: string
}

/** Why a name was refused; a client can show its own words for each. */
export type NameRefusal =
  | 'not_text'
  | 'forbidden_char'
  | 'too_short'
  | 'too_long'
  | 'too_many_marks'
  | 'reserved'
  | 'no_letters'
  | 'mixed_scripts'

/** A refusal; `detail` is a public sentence that never repeats the name. */
export interface RefusedName {
  readonly refused: NameRefusal
  readonly detail: string
}

/** What a name is for. Without options: a player's nick. */
export interface NameOptions {
  /** Characters as a reader counts them; `limits.nickMinGraphemes` when absent. */
  readonly minGraphemes?: number
  /** `limits.nickMaxGraphemes` when absent. */
  readonly maxGraphemes?: number
  /** Which names are kept back: the accounts' list when absent or true, none when false (a room's name). */
  readonly reserved?: ReservedNames | boolean
}

// The longest emoji (two people with skin tones, a heart and a kiss) is 15 code units; nothing that fits is longer.
const unitsPerGrapheme = 16
// A letter and two marks. Leading Hangul jamo or joined consonants could make one endless grapheme.
const codePointsPerGrapheme = 3

/**
 * Letters and digits of ASCII, single spaces inside: nothing to tidy, and nothing to refuse but its length or what it
 * says.
 */
const plainName = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/

/**
 * Reads a name that other players will see.
 *
 * Forbidden characters are looked for before anything is trimmed, since trimming would silently drop U+FEFF and tabs.
 * Accepted names parse to themselves. Two accepted names that can be mistaken for each other have one skeleton.
 */
export function parseName(value: unknown, options: NameOptions = {}): Name | RefusedName {
  if (typeof value !== 'string') return refuse('not_text', 'Expected a text')
  const { minGraphemes = limits.nickMinGraphemes, maxGraphemes = limits.nickMaxGraphemes } = options
  const tooLong = () => refuse('too_long', `At most ${maxGraphemes} characters`)
  const tooShort = () => refuse('too_short', `At least ${minGraphemes} characters`)
  if (value.length > maxGraphemes * unitsPerGrapheme) return tooLong()
  if (plainName.test(value)) {
    if (value.length < minGraphemes) return tooShort()
    if (value.length > maxGraphemes) return tooLong()
    return refuseReserved(value, options) ?? { name: value, skeleton: skeleton(value) }
  }
  if (!value.isWellFormed() || hasForbidden(withoutEmoji(value))) {
    return refuse('forbidden_char', 'Invisible and control characters are not allowed')
  }
  const name = tidy(value)
  const plain = withoutEmoji(name)
  if (hasTooManyMarks(plain)) return refuse('too_many_marks', 'Too many accents or marks on one letter')
  const graphemes = countGraphemes(name)
  if (graphemes < minGraphemes) return tooShort()
  if (graphemes > maxGraphemes || isOverweight(plain, maxGraphemes)) return tooLong()
  // Reserved first, before the look at signs and scripts, so that "adm|n" is told what is really wrong with it.
  return refuseReserved(name, options) ?? refuseContent(plain) ?? { name, skeleton: skeleton(name) }
}

/**
 * `parseName` for services.
 *
 * @throws AppError `validation-failed` when `value` is no text, else `name-refused` with `reason` (a NameRefusal)
 */
export function requireName(value: unknown, options: NameOptions = {}): Name {
  const parsed = parseName(value, options)
  if (!('refused' in parsed)) return parsed
  if (parsed.refused === 'not_text') throw new AppError('validation-failed', 'The name must be a text')
  throw new AppError('name-refused', parsed.detail, { reason: parsed.refused })
}

// NFC last but for the ends: an ideographic space is a space, and a run of them is one.
const tidy = (value: string) =>
  value
    .normalize('NFC')
    .replace(/[ \u3000]+/gu, ' ')
    .replace(/^ | $/gu, '')

/** Some single characters are whole phrases (U+FDFA is 18), and some graphemes have no end. */
function isOverweight(plain: string, maxGraphemes: number): boolean {
  if (plain.length <= maxGraphemes && /^[\0-\u024f]*$/u.test(plain)) return false
  if ([...plain].length > maxGraphemes * codePointsPerGrapheme) return true
  return countGraphemes(plain.normalize('NFKC')) > maxGraphemes
}

function refuseReserved(name: string, { reserved = true }: NameOptions): RefusedName | undefined {
  const list = reserved === true ? accountNames : reserved
  return list !== false && list.refuses(name) ? refuse('reserved', 'This name is reserved') : undefined
}

function refuseContent(plain: string): RefusedName | undefined {
  const symbol = findSymbol(plain)
  if (symbol === '-') return refuse('forbidden_char', 'A name cannot start with a hyphen')
  if (symbol !== undefined) return refuse('forbidden_char', `Not allowed in a name: ${symbol}`)
  if (!hasLetterOrDigit(plain)) return refuse('no_letters', 'At least one letter or digit')
  if (mixesScripts(plain)) return refuse('mixed_scripts', 'One word mixes alphabets that look alike')
  return undefined
}

const refuse = (refused: NameRefusal, detail: string): RefusedName => ({ refused, detail })
