import { assertNever } from '@innkeeper/protocol/tools'
import type { DiceExpression, DiceNode, DiceTerm } from './dice-expression'
import { facesOf, holds } from './faces'

/** @returns every dice term of an expression, in reading order */
export function diceTermsOf({ parts }: DiceExpression): readonly DiceTerm[] {
  return parts.flatMap((part) => part.terms.flatMap(({ node }) => termsOf(node)))
}

function termsOf(node: DiceNode): readonly DiceTerm[] {
  switch (node.kind) {
    case 'dice':
      return [node]
    case 'number':
      return []
    case 'negate':
      return termsOf(node.node)
    case 'power':
      return termsOf(node.base)
    case 'sum':
      return node.terms.flatMap((term) => termsOf(term.node))
    case 'product':
      return [node.first, ...node.factors.map((factor) => factor.node)].flatMap(termsOf)
    case 'pool':
      return node.entries.flatMap(termsOf)
    case 'call':
      return node.inputs.flatMap(termsOf)
    default:
      return assertNever(node)
  }
}

/** What one drawn face leads to: how likely each is. */
interface Draw {
  /** It stays and is the last one; it stays and explodes. */
  readonly ends: number
  readonly explodes: number
  /** It is rerolled once, and what comes then ends or explodes. */
  readonly endsNext: number
  readonly explodesNext: number
}

/** @returns whether how many dice the term draws depends on luck */
export function isVarying(term: DiceTerm): boolean {
  return drawOf(term).ends < 1
}

function drawOf({ sides, reroll, explode }: DiceTerm): Draw {
  const { from, to } = facesOf(sides)
  const count = to - from + 1
  const faces = Array.from({ length: count }, (_, index) => ({
    explodes: explode !== undefined && holds(explode.on, from + index),
    isRerolled: reroll?.on.some((comparison) => holds(comparison, from + index)) ?? false,
  }))
  const shareOf = (those: readonly unknown[]) => those.length / count
  const exploding = faces.filter(({ explodes }) => explodes)
  const rerolled = shareOf(faces.filter(({ isRerolled }) => isRerolled))
  const staysExploding = shareOf(exploding.filter(({ isRerolled }) => !isRerolled))
  const ends = shareOf(faces.filter(({ explodes, isRerolled }) => !explodes && !isRerolled))
  // Rerolled until it is gone, a face is followed by another one just as after an explosion.
  if (reroll?.mode === 'until')
    return { ends, explodes: staysExploding + rerolled, endsNext: 0, explodesNext: 0 }
  const explodes = shareOf(exploding)
  return {
    ends,
    explodes: staysExploding,
    endsNext: rerolled * (1 - explodes),
    explodesNext: rerolled * explodes,
  }
}

/**
 * How likely it is that rerolls and explosions bring more than `spare` dice.
 *
 * @param terms  all dice that are rolled
 */
export function overrunChance(terms: readonly DiceTerm[], spare: number): number {
  const extra = terms
    .filter(isVarying)
    .map((term) => timesDraws(extraDrawsOf(drawOf(term), spare), term.count))
    .reduce(addedDraws, [1, ...Array.from({ length: spare + 1 }, () => 0)])
  return extra.at(-1) ?? 0
}

/** How likely 0, 1, 2 … more dice are; the last entry is all that are too many. */
type ExtraDraws = readonly number[]

/** @returns how many dice one die brings */
function extraDrawsOf({ ends, explodes, endsNext, explodesNext }: Draw, spare: number): ExtraDraws {
  const draws: number[] = []
  // How likely it is that after so many draws the next one begins a new die of the chain; and after one draw less.
  let going = 1
  let goingBefore = 0
  for (let extra = 0; extra <= spare; extra += 1) {
    draws.push(ends * going + endsNext * goingBefore)
    const next = explodes * going + explodesNext * goingBefore
    goingBefore = going
    going = next
  }
  return [...draws, going + goingBefore * (endsNext + explodesNext)]
}

function timesDraws(draws: ExtraDraws, count: number): ExtraDraws {
  if (count === 1) return draws
  const half = timesDraws(draws, Math.floor(count / 2))
  const even = addedDraws(half, half)
  return count % 2 === 0 ? even : addedDraws(even, draws)
}

function addedDraws(a: ExtraDraws, b: ExtraDraws): ExtraDraws {
  const tooMany = a.length - 1
  const sums = a.map(() => 0)
  a.forEach((chance, first) => {
    if (chance === 0) return
    b.forEach((other, second) => {
      const sum = Math.min(first + second, tooMany)
      sums[sum] = (sums[sum] ?? 0) + chance * other
    })
  })
  return sums
}
