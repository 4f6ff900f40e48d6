import type { Condition, DamageType, Defence, Defences } from '../table/creatures'
import { houseRule, type DamagePart, type Hit, type Rules, type Traced } from './rules'
import type { Step } from './trace'

/** What the creature brings to damage. */
interface Armour {
  readonly defences: Defences
  readonly conditions: readonly { readonly condition: Condition }[]
}

/** The damage so far, type by type, and how it came to that. */
interface Tally {
  readonly parts: readonly DamagePart[]
  readonly steps: readonly Step[]
}

type Why = Omit<Step, 'from' | 'to'>

/**
 * What a hit comes to: rolled, halved by a save, adjusted, then each type resisted by itself.
 *
 * @returns damage before temporary hit points; the steps lead from 0 to it
 */
export function damageOf(hit: Hit, armour: Armour, rules: Rules): Traced {
  const rolled = roll(hit.parts)
  const saved = hit.isHalved === true ? halve(rolled, rules) : rolled
  const adjusted = adjust(saved, hit.adjustment ?? 0)
  const felt = adjusted.parts.reduce<Tally>(
    (tally, { type }) => resist(tally, type, { hit, armour, rules }),
    adjusted,
  )
  return { value: totalOf(felt.parts), steps: felt.steps }
}

function roll(rolled: readonly DamagePart[]): Tally {
  const byType = new Map<DamageType | null, number>()
  for (const { type, amount } of rolled) byType.set(type, (byType.get(type) ?? 0) + amount)
  const parts = [...byType].map(([type, amount]) => ({ type, amount }))
  const params = Object.fromEntries(parts.map(({ type, amount }) => [type ?? 'untyped', amount]))
  const total: Step = { step: 'raw', rule: 'R-10', from: 0, to: totalOf(parts), params }
  return withoutNegatives({ parts, steps: [total] })
}

/** of the whole. Two odd parts would lose two half points where their sum loses none. */
function halve(tally: Tally, rules: Rules): Tally {
  const exact = tally.parts.map(({ type, amount }) => ({ type, amount: amount / 2 }))
  const halved = toStep(tally, exact, { step: 'half', rule: 'R-11' })
  let missing = round(totalOf(exact), rules) - totalOf(exact.map(floored))
  const whole = exact.map((part) => {
    const isGiven = missing > 0 && !Number.isInteger(part.amount)
    if (isGiven) missing -= 1
    return isGiven ? { ...part, amount: part.amount + 0.5 } : floored(part)
  })
  return rounded(halved, whole)
}

/** A bonus goes to the first part; a reduction is taken from the first part on until it is used up. */
function adjust(tally: Tally, adjustment: number): Tally {
  if (adjustment === 0) return tally
  const [first = { type: null, amount: 0 }, ...rest] = tally.parts
  if (adjustment > 0)
    return toStep(tally, [{ ...first, amount: first.amount + adjustment }, ...rest], {
      step: 'adjustment',
      rule: 'R-13',
      params: { adjustment },
    })
  let left = -adjustment
  const parts = [first, ...rest].map(({ type, amount }, index, all) => {
    // What is left over makes the last part negative, so that the next step can show why the damage is 0.
    const taken = index === all.length - 1 ? left : Math.min(amount, left)
    left -= taken
    return { type, amount: amount - taken }
  })
  return withoutNegatives(toStep(tally, parts, { step: 'adjustment', rule: 'R-13', params: { adjustment } }))
}

function resist(
  tally: Tally,
  type: DamageType | null,
  { hit, armour, rules }: { readonly hit: Hit; readonly armour: Armour; readonly rules: Rules },
): Tally {
  const holds = (defences: readonly Defence[]): boolean =>
    defences.some((defence) => defence.type === type && !isPassed(defence, hit))
  const isStone = armour.conditions.some(({ condition }) => condition === 'petrified')
  const params = { type: type ?? 'untyped' }
  if (holds(armour.defences.immunities))
    return scale(tally, type, { by: 0, why: { step: 'immunity', rule: 'R-15', params } })
  // Several resistances to one type count once.
  const rule = holds(armour.defences.resistances) ? 'R-13' : isStone ? 'R-67' : null
  const resisted =
    rule === null
      ? tally
      : toWhole(scale(tally, type, { by: 0.5, why: { step: 'resistance', rule, params } }), rules)
  if (!holds(armour.defences.vulnerabilities)) return resisted
  return scale(resisted, type, { by: 2, why: { step: 'vulnerability', rule: 'R-13', params } })
}

function isPassed({ nonmagical, bypassedBy }: Defence, { isMagical, material }: Hit): boolean {
  const isOfMaterial = bypassedBy !== undefined && bypassedBy === material
  return isOfMaterial || (nonmagical === true && isMagical === true)
}

function scale(
  tally: Tally,
  type: DamageType | null,
  { by, why }: { readonly by: number; readonly why: Why },
): Tally {
  const parts = tally.parts.map((part) => (part.type === type ? { type, amount: part.amount * by } : part))
  return toStep(tally, parts, why)
}

function toWhole(tally: Tally, rules: Rules): Tally {
  return rounded(
    tally,
    tally.parts.map(({ type, amount }) => ({ type, amount: round(amount, rules) })),
  )
}

function round(amount: number, rules: Rules): number {
  const isUp = rules.edition === '2014' && houseRule(rules, 'halfPoints') === 'up'
  return isUp ? Math.ceil(amount) : Math.floor(amount)
}

function rounded(tally: Tally, parts: readonly DamagePart[]): Tally {
  const isUp = totalOf(parts) > totalOf(tally.parts)
  return toStep(tally, parts, { step: isUp ? 'rounded-up' : 'rounded-down', rule: 'R-16' })
}

function withoutNegatives(tally: Tally): Tally {
  const parts = tally.parts.map(({ type, amount }) => ({ type, amount: Math.max(0, amount) }))
  return toStep(tally, parts, { step: 'minimum-zero', rule: 'R-10' })
}

/** A step that changes nothing is not worth a word. */
function toStep(tally: Tally, parts: readonly DamagePart[], why: Why): Tally {
  const from = totalOf(tally.parts)
  const to = totalOf(parts)
  return { parts, steps: from === to ? tally.steps : [...tally.steps, { ...why, from, to }] }
}

function floored({ type, amount }: DamagePart): DamagePart {
  return { type, amount: Math.floor(amount) }
}

function totalOf(parts: readonly DamagePart[]): number {
  return parts.reduce((total, { amount }) => total + amount, 0)
}
