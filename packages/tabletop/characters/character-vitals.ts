import { keepToMaximum, maximumOf } from '../rules/hit-points'
import { hitPointsOf, noDeathSaves, withHitPoints } from '../rules/life'
import type { Rules } from '../rules/rules'
import type { Spent, Vitals } from '../table/creatures'
import type { Character } from './character'
import { hitDiceOf } from './derived'
import { slotLevels, type Sheet } from './sheet'

/** A character that the table knows whole. */
export type WholeCharacter = Character & { readonly sheet: Sheet }

const nothingSpent: Spent = { slots: {}, resources: {}, hitDice: {} }

/** @returns the vitals of a character who is unhurt and has everything left */
export function freshVitals({ id, owner, isHidden, hpShown, sheet }: WholeCharacter): Vitals {
  const max = sheet.maxHitPoints
  return {
    id,
    kind: 'character',
    owner,
    isHidden,
    hpShown,
    life: 'conscious',
    exhaustion: 0,
    conditions: [],
    hitPoints: { now: max, max, maxChange: 0, temporary: 0 },
    label: null,
    deathSaves: noDeathSaves,
    concentration: null,
    concentrationChecks: [],
    spent: nothingSpent,
  }
}

/**
 * @returns the vitals of a character whose sheet was edited: the maximum is the sheet's, who was unhurt still is, and
 *   nothing more is spent than there is
 */
export function vitalsAfterEdit(vitals: Vitals, character: WholeCharacter, rules: Rules): Vitals {
  const { owner, isHidden, hpShown, sheet } = character
  const spent = vitals.spent && spentWithin(sheet, vitals.spent)
  return withMaximum({ ...vitals, owner, isHidden, hpShown, spent }, sheet.maxHitPoints, rules)
}

function withMaximum(vitals: Vitals, max: number, rules: Rules): Vitals {
  if (hitPointsOf(vitals).max === max) return vitals
  const isUnhurt = vitals.life === 'conscious' && hitPointsOf(vitals).now === maximumOf(vitals, rules.edition)
  const next = withHitPoints(vitals, { max })
  const now = maximumOf(next, rules.edition)
  if (isUnhurt && now > 0) return withHitPoints(next, { now })
  return keepToMaximum(next, rules, { step: 'maximum', rule: 'R-32' }).vitals
}

/** How much of each thing a sheet has, under the keys by which it is spent. */
type Stock = { readonly [Kind in keyof Spent]: Readonly<Record<string, number>> }

/** @returns how many slots, uses of resources and hit dice a sheet has */
export function stockOf({ spellcasting, resources, classes }: Sheet): Stock {
  const slots = slotLevels.map((level) => [level, spellcasting?.slots[level] ?? 0] as const)
  return {
    slots: Object.fromEntries([...slots, ['pact', spellcasting?.pact?.max ?? 0]]),
    resources: Object.fromEntries(resources.map(({ id, max }) => [id, max])),
    hitDice: hitDiceOf({ classes }),
  }
}

/** @returns how many there are under a key: 0 of what nobody has */
export function countUnder(counts: Readonly<Record<string, number>>, key: string): number {
  return Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0
}

/** @returns what is spent, without more of anything than the sheet has */
export function spentWithin(sheet: Sheet, spent: Spent): Spent {
  const stock = stockOf(sheet)
  return {
    slots: within(stock.slots, spent.slots),
    resources: within(stock.resources, spent.resources),
    hitDice: within(stock.hitDice, spent.hitDice),
  }
}

function within(
  stock: Readonly<Record<string, number>>,
  spent: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(spent)
      .map(([key, count]) => [key, Math.min(count, countUnder(stock, key))] as const)
      .filter(([, count]) => count > 0),
  )
}
