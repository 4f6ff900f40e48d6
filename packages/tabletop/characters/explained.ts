/** Where a part of a number comes from, as a code: everyone reads it in their own language. */
export const partSources = [
  /** What the number starts with: 8 of a save DC, 10 of a passive score, a speed as written. */
  'base',
  /** `params`: ability, score. */
  'score',
  /** A modifier; `params`: ability. */
  'ability',
  /** `params`: level. */
  'level',
  /** `params`: proficiency (how much of the bonus), bonus. */
  'proficiency',
  'bonus',
  'armor',
  'shield',
  /** `params`: score, factor. */
  'strength',
  /** Of what is carried. */
  'items',
  'coins',
  /** A condition or exhaustion; `params`: rule, condition. */
  'condition',
  /** Five more for advantage on a passive score, five less for disadvantage. */
  'advantage',
  'disadvantage',
] as const
export type PartSource = (typeof partSources)[number]

/** A part of a number. */
export interface Part {
  readonly source: PartSource
  readonly params?: Readonly<Record<string, string | number>>
  readonly amount: number
}

/** A number and why it is that: the sum of its parts. */
export interface Explained {
  readonly value: number
  readonly parts: readonly Part[]
}

/** @returns the sum of the parts; weights are in hundredths of a pound, and nothing is finer */
export function explain(parts: readonly Part[]): Explained {
  const sum = parts.reduce((total, { amount }) => total + amount, 0)
  return { value: Math.round(sum * 100) / 100, parts }
}

/** @returns the parts without those that add nothing */
export function present(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ amount }) => amount !== 0)
}
