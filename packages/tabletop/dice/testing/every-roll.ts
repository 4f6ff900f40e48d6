import type { DiceExpression } from '../dice-expression'
import type { DiceLimits } from '../dice-limits'
import { rollDice } from '../roll-dice'

/** What came of rolling an expression with every sequence of faces there is. */
export interface EveryRoll {
  /** By total. */
  readonly chances: ReadonlyMap<number, number>
  /** How likely a roll is refused. */
  readonly refused: number
  /** How likely it is that a roll goes on in a way too rare to be tried. */
  readonly untried: number
}

interface Beginning {
  readonly faces: readonly number[]
  readonly chance: number
}

class NeedsFace extends Error {
  constructor(readonly sides: number) {
    super()
  }
}

/**
 * Rolls with the real roller, one sequence of faces after the other.
 *
 * @returns undefined when there are more than `mostRolls`
 */
export function everyRoll(
  expression: DiceExpression,
  {
    limits,
    leastChance,
    mostRolls,
  }: { readonly limits: DiceLimits; readonly leastChance: number; readonly mostRolls: number },
): EveryRoll | undefined {
  const chances = new Map<number, number>()
  const beginnings: Beginning[] = [{ faces: [], chance: 1 }]
  let refused = 0
  let untried = 0
  for (let rolls = 0; ; rolls += 1) {
    const beginning = beginnings.pop()
    if (!beginning) return { chances, refused, untried }
    if (rolls >= mostRolls) return undefined
    const { faces, chance } = beginning
    const came = rollFaces(expression, faces, limits)
    if (came === 'refused') refused += chance
    else if ('total' in came) chances.set(came.total, (chances.get(came.total) ?? 0) + chance)
    else if (chance / came.sides < leastChance) untried += chance
    else
      for (let face = 1; face <= came.sides; face += 1)
        beginnings.push({ faces: [...faces, face], chance: chance / came.sides })
  }
}

function rollFaces(
  expression: DiceExpression,
  faces: readonly number[],
  limits: DiceLimits,
): 'refused' | { readonly total: number } | { readonly sides: number } {
  let drawn = 0
  const die = (sides: number) => {
    const face = faces[drawn]
    drawn += 1
    if (face === undefined) throw new NeedsFace(sides)
    return face
  }
  try {
    const result = rollDice(expression, die, limits)
    if ('error' in result) return 'refused'
    return { total: result.outcomes[0]?.total ?? NaN }
  } catch (cause) {
    if (cause instanceof NeedsFace) return { sides: cause.sides }
    throw cause
  }
}
