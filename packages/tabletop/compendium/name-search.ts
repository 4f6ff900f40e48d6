/**
 * Finds things by names, however they are typed: case, accents, dots over ё and the order of words do not matter, and
 * the beginnings of words are enough.
 */

/** Something and all the names it is known by, folded once. */
export interface Named<Item> {
  readonly item: Item
  readonly names: readonly FoldedName[]
}

interface FoldedName {
  readonly text: string
  readonly words: readonly string[]
  /** Without the gaps between words, for who does not remember them. */
  readonly joined: string
}

/** @param names  the first one is what it is called, the others what it is called too */
export function toNamed<Item>(item: Item, names: readonly string[]): Named<Item> {
  return { item, names: names.map(fold) }
}

/**
 * @param text  when it holds no letter and no digit, everything is found
 * @returns best first: the whole name, how a name begins, how its words begin, what stands anywhere in it; equally good
 *   ones in the order given
 */
export function findNamed<Item>(all: readonly Named<Item>[], text: string): readonly Item[] {
  const wanted = fold(text)
  if (wanted.joined === '') return all.map(({ item }) => item)
  return all
    .map(({ item, names }) => ({ item, rank: Math.min(...names.map((name) => rankOf(name, wanted))) }))
    .filter(({ rank }) => rank < unfit)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

const unfit = 4

function rankOf(name: FoldedName, wanted: FoldedName): number {
  if (name.text === wanted.text) return 0
  if (name.text.startsWith(wanted.text)) return 1
  if (doWordsBegin(name.words, wanted.words)) return 2
  return name.joined.includes(wanted.joined) ? 3 : unfit
}

/** Each word of the name answers for one word that is wanted; the longest beginning goes first, so that none is wasted. */
function doWordsBegin(words: readonly string[], wanted: readonly string[]): boolean {
  const left = [...words]
  return [...wanted]
    .sort((a, b) => b.length - a.length)
    .every((beginning) => {
      const at = left.findIndex((word) => word.startsWith(beginning))
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
}

function fold(text: string): FoldedName {
  const plain = text
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? []
  return { text: words.join(' '), words, joined: words.join('') }
}
