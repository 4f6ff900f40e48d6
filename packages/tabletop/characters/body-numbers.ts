import type { Effect } from '../rules/effect'
import { explain, present, type Explained, type Part } from './explained'
import { abilityPart } from './modifiers'
import { coins, type Sheet } from './sheet'

const poundsPerStrength = 15
const coinsPerPound = 50

/** @returns the armour class */
export function armorClassOf(sheet: Sheet): Explained {
  const { base, dexterityMax, ability, shield, bonus } = sheet.armorClass
  const dexterity = abilityPart(sheet, 'dex')
  const amount = Math.min(dexterity.amount, dexterityMax ?? dexterity.amount)
  return explain(
    present([
      { source: 'armor', amount: base },
      // Heavy armour leaves out Dexterity even where it would take something away.
      { ...dexterity, amount: dexterityMax === 0 ? 0 : amount },
      ...(ability === null ? [] : [abilityPart(sheet, ability)]),
      { source: 'shield', amount: shield },
      { source: 'bonus', amount: bonus },
    ]),
  )
}

/** @returns a speed in feet: less what conditions take, then halved, then stopped; never below 0 */
export function speedOf(feet: number, effects: readonly Effect[]): Explained {
  const parts: Part[] = [{ source: 'base', amount: feet }]
  for (const { takes, effect } of slowing(effects)) {
    const left = explain(parts).value
    const params = { rule: effect.rule, condition: effect.from }
    parts.push({ source: 'condition', params, amount: Math.max(0, left - takes(left)) - left })
  }
  return explain(present(parts))
}

interface Slowing {
  readonly effect: Effect
  readonly takes: (left: number) => number
}

function slowing(effects: readonly Effect[]): readonly Slowing[] {
  const of = (kind: Effect['effect'], takes: Slowing['takes']): readonly Slowing[] =>
    effects.filter(({ effect }) => effect === kind).map((effect) => ({ effect, takes }))
  return [
    ...effects.flatMap((effect) =>
      effect.effect === 'speed-less' ? [{ effect, takes: () => effect.feet }] : [],
    ),
    // What is left is rounded down.
    ...of('speed-half', (left) => Math.ceil(left / 2)),
    ...of('speed-zero', (left) => left),
  ]
}

/** @returns how much can be carried, in pounds, by somebody who is neither tiny nor large */
export function capacityOf({ abilities }: Sheet): Explained {
  const score = abilities.str
  const params = { score, factor: poundsPerStrength }
  return explain([{ source: 'strength', params, amount: score * poundsPerStrength }])
}

/** @returns how much is carried, in pounds */
export function carriedOf({ inventory, coins: purse }: Sheet): Explained {
  const items = inventory.reduce((pounds, { quantity, weight }) => pounds + quantity * weight, 0)
  const count = coins.reduce((sum, coin) => sum + (purse[coin] ?? 0), 0)
  return explain(
    present([
      { source: 'items', amount: hundredths(items) },
      { source: 'coins', amount: hundredths(count / coinsPerPound) },
    ]),
  )
}

function hundredths(pounds: number): number {
  return Math.round(pounds * 100) / 100
}
