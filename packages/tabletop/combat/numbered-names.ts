/** How several of one name are told apart. */
export interface Telling {
  readonly count: number
  readonly taken: readonly string[]
  /** Letters, which leave no number out among those that players can count. */
  readonly isHidden: boolean
}

/** @returns `Goblin 1`, `Goblin 2` and so on, going on from those that are there; a single one keeps its name */
export function numberedNames(name: string, { count, taken, isHidden }: Telling): readonly string[] {
  const marks = isHidden ? letters : numbers
  const places = taken.flatMap((known) => {
    if (known === name) return isHidden ? [] : [1]
    const place = known.startsWith(`${name} `) ? marks.placeOf(known.slice(name.length + 1)) : undefined
    return place === undefined ? [] : [place]
  })
  if (count === 1 && places.length === 0 && !taken.includes(name)) return [name]
  const first = Math.max(0, ...places) + 1
  return Array.from({ length: count }, (_, index) => `${name} ${marks.at(first + index)}`)
}

interface Marks {
  at(place: number): string
  placeOf(mark: string): number | undefined
}

const numbers: Marks = {
  at: String,
  placeOf: (mark) => (/^[1-9]\d{0,5}$/.test(mark) ? Number(mark) : undefined),
}

/** A to Z, then AA and so on. */
const letters: Marks = {
  at(place) {
    const last = String.fromCharCode(65 + ((place - 1) % 26))
    return place <= 26 ? last : `${letters.at(Math.floor((place - 1) / 26))}${last}`
  },
  placeOf(mark) {
    if (!/^[A-Z]{1,3}$/.test(mark)) return undefined
    return [...mark].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0)
  },
}
