import { clampFace } from './dice-bounds'
import type { DiceTerm } from './dice-expression'
import { facesOf, holds } from './faces'
import { hitsBefore, hitsIn, type HitOrMiss } from './hit-chances'
import { scoreOf } from './roll-term'
import { selectedSum, type ValueGroup } from './selected-sum'
import { added, addedTimes, mapped, massOf, spreadOf, united, weighted, withoutRarer } from './spread'
import type { Effort, Spread } from './tally'

/** What one evaluation may still do. */
export interface Counting {
  readonly effort: Effort
  /** How many dice all rerolls and explosions may bring. */
  readonly spareDice: number
}

/** What the faces of one die count as, and how likely; both together add up to one. */
interface DieSpread {
  /** The faces that do not explode. */
  readonly ending: Spread
  readonly exploding: Spread
}

/** The dice of a term after all explosions: how many of each kind, and how likely that is. */
interface Lot {
  readonly chance: number
  readonly groups: readonly ValueGroup[]
}

// Explosions go on for ever: what is rarer is not followed, which is less than 1e-14 in all.
const leastChance = 1e-18
const empty: Spread = { denominator: 1, numerators: new Float64Array(), chances: new Float64Array() }

/** @returns what one dice term comes to */
export function spreadOfTerm(counting: Counting, term: DiceTerm): Spread {
  const { effort } = counting
  const die = spreadOfDie(effort, term)
  const mode = die.exploding === empty ? undefined : term.explode?.mode
  if (mode === undefined) return spreadOfAlike(effort, die.ending, { term, least: 0 })
  // Joined dice stand as one, so their sum is what is kept or counted.
  if (mode === 'compound')
    return spreadOfAlike(effort, spreadOfChain(counting, die, die), { term, least: leastChance })
  const worth = worthOf(term)
  const later = mode === 'add' ? die : mappedDie(effort, die, (value) => value - 1)
  const { count, keep } = term
  if (!keep) {
    const chain = spreadOfChain(counting, mappedDie(effort, die, worth), mappedDie(effort, later, worth))
    return addedTimes(effort, chain, { count, least: leastChance })
  }
  const lots =
    mode === 'add' ? lotsOfAdded(counting, count, die) : lotsOfPenetrating(counting, count, { die, later })
  const sums = lots.map(({ chance, groups }) =>
    weighted(selectedSum(effort, { groups, keep, worth }), chance),
  )
  return withoutRarer(united(effort, sums), leastChance)
}

/** @returns what independent values that are spread alike come to once they are kept and counted */
function spreadOfAlike(
  effort: Effort,
  spread: Spread,
  { term, least }: { readonly term: DiceTerm; readonly least: number },
): Spread {
  const { count, keep } = term
  const worth = worthOf(term)
  if (keep) return withoutRarer(selectedSum(effort, { groups: [{ count, spread }], keep, worth }), least)
  return addedTimes(effort, mapped(effort, spread, { denominator: 1, of: worth }), { count, least })
}

function worthOf({ success }: DiceTerm): (value: number) => number {
  return (value) => (success ? scoreOf(success, (comparison) => holds(comparison, value)) : value)
}

function spreadOfDie(effort: Effort, term: DiceTerm): DieSpread {
  const { explode } = term
  const isExploding = (face: number) => explode !== undefined && holds(explode.on, face)
  const faces = settledFaces(term)
  const spreadOfFaces = (explodes: boolean) => {
    const those = faces.filter(([face]) => isExploding(face) === explodes)
    if (those.length === 0) return empty
    return spreadOf(
      effort,
      those.map(([face, chance]) => [clampFace(term, face), chance]),
    )
  }
  return { ending: spreadOfFaces(false), exploding: spreadOfFaces(true) }
}

/** @returns the faces that a die shows once its rerolls are done, with their chances */
function settledFaces({ sides, reroll }: DiceTerm): readonly (readonly [face: number, chance: number])[] {
  const { from, to } = facesOf(sides)
  const faces = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const isRerolled = (face: number) => reroll?.on.some((comparison) => holds(comparison, face)) ?? false
  const staying = faces.filter((face) => !isRerolled(face))
  if (reroll?.mode === 'until') return staying.map((face) => [face, 1 / staying.length])
  const rerolled = (faces.length - staying.length) / faces.length
  return faces.map((face) => [face, (rerolled + (isRerolled(face) ? 0 : 1)) / faces.length])
}

function mappedDie(
  effort: Effort,
  { ending, exploding }: DieSpread,
  of: (value: number) => number,
): DieSpread {
  return {
    ending: mapped(effort, ending, { denominator: 1, of }),
    exploding: mapped(effort, exploding, { denominator: 1, of }),
  }
}

/** @returns the sum of a die and of all the dice that it brings */
function spreadOfChain({ effort, spareDice }: Counting, first: DieSpread, later: DieSpread): Spread {
  const cases = [first.ending]
  let going = first.exploding
  let chance = massOf(going)
  for (let extra = 1; extra <= spareDice && chance >= leastChance; extra += 1) {
    cases.push(added(effort, going, later.ending))
    going = added(effort, going, later.exploding)
    chance *= massOf(later.exploding)
  }
  return united(effort, cases)
}

// Dice are rolled until `count` of them have not exploded, whichever brought which.
function lotsOfAdded({ spareDice }: Counting, count: number, die: DieSpread): readonly Lot[] {
  const { ending, exploding } = apart(die)
  return hitsBefore(count, oddsOf(die), leastChance)
    .slice(0, spareDice + 1)
    .map((chance, extra) => ({
      chance,
      groups: someOf([
        { count, spread: ending },
        { count: extra, spread: exploding },
      ]),
    }))
}

// A die that was brought by another counts less, so the first dice are kinds of their own.
function lotsOfPenetrating(
  { spareDice }: Counting,
  count: number,
  { die, later }: { readonly die: DieSpread; readonly later: DieSpread },
): readonly Lot[] {
  const first = apart(die)
  const brought = apart(later)
  return hitsIn(count, oddsOf(die))
    .flatMap((chance, chains) => {
      const longer = chains === 0 ? [1] : hitsBefore(chains, oddsOf(later), leastChance)
      return longer.slice(0, Math.max(0, spareDice - chains + 1)).map((chanceOfMore, more) => ({
        chance: chance * chanceOfMore,
        groups: someOf([
          { count: count - chains, spread: first.ending },
          { count: chains, spread: first.exploding },
          { count: more, spread: brought.exploding },
          { count: chains, spread: brought.ending },
        ]),
      }))
    })
    .filter(({ chance }) => chance >= leastChance)
}

function someOf(groups: readonly ValueGroup[]): readonly ValueGroup[] {
  return groups.filter(({ count }) => count > 0)
}

function oddsOf(die: DieSpread): HitOrMiss {
  return { hit: massOf(die.exploding), miss: massOf(die.ending) }
}

/** @returns both kinds of faces, each with chances that add up to one */
function apart({ ending, exploding }: DieSpread): DieSpread {
  return {
    ending: weighted(ending, 1 / massOf(ending)),
    exploding: weighted(exploding, 1 / massOf(exploding)),
  }
}
