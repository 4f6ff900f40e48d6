/**
 * Sorts characters into classes of what looks alike, letter case ignored.
 *
 * Unicode's table alone respects case: Greek Ν looks like N and ν looks like v. Joining every look-alike with every
 * case pair would therefore make n and v the same letter. So links are added from the surest to the weakest, and one
 * that would make two letters of the same basic alphabet equal is left out.
 */

/** One line of confusables.txt, both sides fully decomposed. */
export interface Confusable {
  readonly source: string
  readonly target: string
}

/** What a character becomes in a skeleton, when that is not simply its lower case. */
export type SkeletonMap = ReadonlyMap<string, string>

interface LookAlikes {
  readonly members: readonly string[]
  /** The basic letter that the class stands for, by alphabet: at most one each. */
  readonly letters: ReadonlyMap<string, string>
  readonly sequence?: string
}

/** Alike by the rules of this house, whatever Unicode's table says; the first is what the others become. */
const houseClasses: readonly string[] = [
  ...['lLiI1|!ı', 'oO0'],
  ...[
    'aᴀ',
    'bʙ',
    'cᴄ',
    'dᴅ',
    'eᴇ',
    'fꜰ',
    'gɢ',
    'hʜ',
    'lɪ',
    'jᴊ',
    'kᴋ',
    'lʟ',
    'mᴍ',
    'nɴ',
    'oᴏ',
    'pᴘ',
    'rʀ',
    'sꜱ',
  ],
  ...['tᴛ', 'uᴜ', 'vᴠ', 'wᴡ', 'yʏ', 'zᴢ'],
]
const houseSequences: readonly Confusable[] = [{ source: 'w', target: 'vv' }]

const alphabets: readonly (readonly [string, RegExp])[] = [
  ['latin', /^[a-z0-9]$/u],
  ['greek', /^[α-ω]$/u],
  ['cyrillic', /^[а-я]$/u],
]

const isMark = (character: string) => /^\p{M}$/u.test(character)
const isUpper = (character: string) => character.toLowerCase() !== character
const isCased = (character: string) => isUpper(character) || character.toUpperCase() !== character
const isOne = (text: string) => [...text].length === 1
const isDecomposed = (text: string) => text.normalize('NFKD') === text

/** The class of one character before any link: itself. */
function alone(character: string): LookAlikes {
  const letters = new Map<string, string>()
  const lower = character.toLowerCase().replace('ς', 'σ')
  for (const [alphabet, pattern] of alphabets)
    if (pattern.test(lower)) letters.set(alphabet, houseLetter(lower))
  return { members: [character], letters }
}

const houseLetter = (letter: string) =>
  (houseClasses.slice(0, 2).find((one) => one.includes(letter)) ?? letter).charAt(0)

/** Grows the classes; `refused` keeps the links that were left out, for the generator's report. */
export class ConfusableClasses {
  readonly #classes = new Map<string, LookAlikes>()
  readonly refused: string[] = []

  of(character: string): LookAlikes {
    return this.#classes.get(character) ?? alone(character)
  }

  /** Every character that is linked to another, or written as a sequence. */
  characters(): Iterable<string> {
    return this.#classes.keys()
  }

  link(left: string, right: string): void {
    const [a, b] = [this.of(left), this.of(right)]
    if (a.members.includes(right)) return
    for (const [alphabet, letter] of a.letters) {
      if ((b.letters.get(alphabet) ?? letter) === letter) continue
      this.refused.push(`${left}=${right}`)
      return
    }
    this.#keep({ members: [...a.members, ...b.members], letters: new Map([...a.letters, ...b.letters]) })
  }

  /** `source` is written as several characters (m looks like rn), and so is everything in its class. */
  spell({ source, target }: Confusable): void {
    const now = this.of(source)
    const isHouse = /^[a-z]$/u.test(source)
    const isCircular = [...target].some((part) => now.members.includes(part))
    if (now.sequence !== undefined || isCircular || (now.letters.has('latin') && !isHouse)) {
      this.refused.push(`${source}=${target}`)
      return
    }
    this.#keep({ ...now, sequence: target })
  }

  #keep(lookAlikes: LookAlikes): void {
    for (const member of lookAlikes.members) this.#classes.set(member, lookAlikes)
  }
}

/** @returns the classes, from the house's links, Unicode's table and the case pairs of every letter */
export function createClasses(table: readonly Confusable[]): ConfusableClasses {
  const classes = new ConfusableClasses()
  const usable = table.filter(({ source }) => isOne(source) && isDecomposed(source))
  const single = usable.filter(({ target }) => isOne(target))
  // Capitals look most alike across alphabets and lower case least: whatever is linked first wins.
  const isSure = ({ source, target }: Confusable) =>
    isUpper(source) ? isUpper(target) || !isCased(target) : !isCased(source)
  for (const [first = '', ...others] of houseClasses.map((one) => [...one])) {
    for (const other of others) classes.link(first, other)
  }
  for (const [left, right] of casePairs().filter(([left]) => /[a-z]/u.test(left))) classes.link(left, right)
  for (const { source, target } of single.filter(isSure)) classes.link(target, source)
  for (const [left, right] of casePairs()) classes.link(left, right)
  for (const { source, target } of single) classes.link(target, source)
  const sequences = usable.filter(({ target }) => !isOne(target))
  const bySureness = [...sequences.filter(isSure), ...sequences.filter((one) => !isSure(one))]
  for (const sequence of [...houseSequences, ...bySureness]) classes.spell(sequence)
  return classes
}

/** Lower case first; the basic alphabets before all others, so that theirs is never the link that is refused. */
function casePairs(): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = []
  for (let code = 0; code <= 0x1ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const character = String.fromCodePoint(code)
    const lower = character.toUpperCase().toLowerCase()
    if (isMark(character) || !isOne(lower) || !isDecomposed(character) || !isDecomposed(lower)) continue
    if (lower !== character) pairs.push([lower, character])
  }
  const isBasic = ([lower]: readonly [string, string]) => alphabets.some(([, pattern]) => pattern.test(lower))
  return [...pairs.filter(isBasic), ...pairs.filter((pair) => !isBasic(pair))]
}

/** @returns only what differs from lower case, so that the table stays small */
export function toSkeletonMap(classes: ConfusableClasses): SkeletonMap {
  const entries = new Map<string, string>()
  for (const character of classes.characters()) {
    const written = spelling(classes, character, 0)
    const lower = character.toLowerCase()
    const otherwise = lower === character ? character : spelling(classes, lower, 0)
    if (written !== otherwise) entries.set(character, written)
  }
  return entries
}

function spelling(classes: ConfusableClasses, character: string, depth: number): string {
  if (depth > 8) throw new Error(`The spelling of ${character} goes round in a circle`)
  const { members, letters, sequence } = classes.of(character)
  if (sequence !== undefined) return [...sequence].map((part) => spelling(classes, part, depth + 1)).join('')
  const latin = letters.get('latin')
  if (latin !== undefined) return latin
  const lowest = (all: readonly string[]) => all.reduce((low, one) => (one < low ? one : low))
  const lowerCase = members.filter((member) => !isUpper(member))
  return lowest(lowerCase.length > 0 ? lowerCase : members)
}
