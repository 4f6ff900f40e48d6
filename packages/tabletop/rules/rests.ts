import type { Edition, Spent, Vitals } from '../table/creatures'
import { heal } from './healing'
import { maximumOf } from './hit-points'
import { hitPointsOf, wake, withHitPoints } from './life'
import type { Happened, Outcome } from './rules'
import type { Step } from './trace'

/** What a rest needs to know of the sheet. */
interface Rest {
  /** All hit dice that the creature has, spent or not, by die: `{d8: 3}`. */
  readonly hitDice: Readonly<Record<string, number>>
  /** Ids of the resources that come back with this rest. Pact slots always do. */
  readonly resources: readonly string[]
}

/** A short rest. */
export interface ShortRest extends Rest {
  /** Hit dice spent and what they came to. */
  readonly rolls: readonly { readonly die: string; readonly face: number }[]
  readonly conModifier: number
}

/** A long rest. */
export interface LongRest extends Rest {
  /** Had food and drink: without, exhaustion stays in 2014. */
  readonly isFed: boolean
  /** Since the last long rest ended; absent: nobody counts. */
  readonly hoursSinceLast?: number
  /** A lowered maximum is whole again. When absent, it is in 2024; what lowered it may say so in 2014. */
  readonly isMaximumRestored?: boolean
}

/** Why a creature cannot rest, or not like this. */
export type RestObstacle = 'dead' | 'no-hit-points' | 'no-hit-dice' | 'too-soon'

/** From the end of a long rest to where the next one helps. */
const hoursBetweenLongRests = { '2014': 24, '2024': 16 } as const

/**
 * A short rest: hit points from the hit dice spent, each with the Constitution modifier, in 2024 at least 1 for each
 * . Who was knocked out by the rules of 2024 wakes. The steps lead from 0 over the dice to the hit points
 * of now.
 */
export function shortRest(
  vitals: Vitals,
  rest: ShortRest,
  edition: Edition,
): Outcome | { readonly obstacle: RestObstacle } {
  const obstacle = shortRestObstacle(vitals, rest, edition)
  if (obstacle !== null) return { obstacle }
  const steps = rest.rolls.reduce<readonly Step[]>(
    (before, { die, face }) => [...before, hitDieStep(before.at(-1)?.to ?? 0, { die, face, rest, edition })],
    [],
  )
  const healed = heal(vitals, steps.at(-1)?.to ?? 0, edition)
  const spent = spentOf(healed.vitals)
  const rested = wakeIfHurtOnly({
    ...healed.vitals,
    spent: { ...regained(spent, rest, ['pact']), hitDice: spending(spent.hitDice, rest) },
  })
  return {
    vitals: rested.vitals,
    // The dice say in more words what the first step of healing says.
    steps: [...steps, ...(steps.length > 0 ? healed.steps.slice(1) : healed.steps)],
    happened: [...healed.happened, ...rested.happened],
  }
}

function shortRestObstacle(vitals: Vitals, rest: ShortRest, edition: Edition): RestObstacle | null {
  if (vitals.life === 'dead') return 'dead'
  if (vitals.life === 'dying' || (vitals.life === 'stable' && edition === '2024')) return 'no-hit-points'
  const spent = spending(spentOf(vitals).hitDice, rest)
  const isShort = Object.entries(spent).some(([die, count]) => count > (rest.hitDice[die] ?? 0))
  return isShort && rest.rolls.length > 0 ? 'no-hit-dice' : null
}

function hitDieStep(
  from: number,
  {
    die,
    face,
    rest,
    edition,
  }: { readonly die: string; readonly face: number; readonly rest: ShortRest; readonly edition: Edition },
): Step {
  const least = edition === '2024' ? 1 : 0
  const to = from + Math.max(least, face + rest.conModifier)
  return { step: 'hit-die', rule: 'R-75', from, to, params: { die, face, modifier: rest.conModifier } }
}

function spending(
  spent: Readonly<Record<string, number>>,
  { rolls }: ShortRest,
): Readonly<Record<string, number>> {
  const counts = new Map(Object.entries(spent))
  for (const { die } of rolls) counts.set(die, (counts.get(die) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function wakeIfHurtOnly(vitals: Vitals): Omit<Outcome, 'steps'> {
  return vitals.life === 'conscious' ? wake(vitals) : { vitals, happened: [] }
}

/**
 * A long rest: all hit points, no temporary ones, spell slots, hit dice (half of all, at least one, the largest
 * first, in 2014; all in 2024), one level of exhaustion less. The steps lead from the hit points of before to
 * those of now.
 */
export function longRest(
  vitals: Vitals,
  rest: LongRest,
  edition: Edition,
): Outcome | { readonly obstacle: RestObstacle } {
  const obstacle = longRestObstacle(vitals, rest, edition)
  if (obstacle !== null) return { obstacle }
  const before = hitPointsOf(vitals)
  const isFit = edition === '2024' || rest.isFed
  const exhaustion = isFit ? Math.max(0, vitals.exhaustion - 1) : vitals.exhaustion
  const isRestored = rest.isMaximumRestored ?? edition === '2024'
  const maxChange = isRestored ? Math.max(0, before.maxChange) : before.maxChange
  const spent = spentOf(vitals)
  const fresh: Vitals = {
    ...withHitPoints(vitals, { temporary: 0, maxChange }),
    exhaustion,
    spent: {
      ...regained(spent, rest, Object.keys(spent.slots)),
      hitDice: edition === '2024' ? {} : withHalfBack(spent.hitDice, rest.hitDice),
    },
  }
  const now = maximumOf(fresh, edition)
  const awake = wake(withHitPoints(fresh, { now }))
  const lessTired: Happened = { code: 'exhaustion-changed', from: vitals.exhaustion, to: exhaustion }
  return {
    vitals: awake.vitals,
    steps: [{ step: 'rest', rule: 'R-74', from: before.now, to: now, params: { maximum: now } }],
    happened: [...(exhaustion < vitals.exhaustion ? [lessTired] : []), ...awake.happened],
  }
}

function longRestObstacle(
  vitals: Vitals,
  { hoursSinceLast }: LongRest,
  edition: Edition,
): RestObstacle | null {
  if (vitals.life === 'dead') return 'dead'
  if (hitPointsOf(vitals).now === 0) return 'no-hit-points'
  return hoursSinceLast !== undefined && hoursSinceLast < hoursBetweenLongRests[edition] ? 'too-soon' : null
}

function withHalfBack(
  spent: Readonly<Record<string, number>>,
  all: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const total = Object.values(all).reduce((sum, count) => sum + count, 0)
  let left = Math.max(1, Math.floor(total / 2))
  const largestFirst = Object.entries(spent).sort(([a], [b]) => sidesOf(b) - sidesOf(a))
  const still = largestFirst.map(([die, count]): readonly [string, number] => {
    const back = Math.min(count, left)
    left -= back
    return [die, count - back]
  })
  return Object.fromEntries(still.filter(([, count]) => count > 0))
}

function sidesOf(die: string): number {
  return Number(die.slice(1))
}

function regained(spent: Spent, { resources }: Rest, slots: readonly string[]): Spent {
  return {
    ...spent,
    slots: without(spent.slots, slots),
    resources: without(spent.resources, resources),
  }
}

function without(
  counts: Readonly<Record<string, number>>,
  keys: readonly string[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([key]) => !keys.includes(key)))
}

/** @throws Error when what is spent was cut off for a viewer */
function spentOf(vitals: Vitals): Spent {
  if (vitals.spent === null) throw new Error(`What ${vitals.id} has spent is not known here`)
  return vitals.spent
}
