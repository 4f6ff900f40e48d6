import type { Edition, Vitals } from '../table/creatures'
import { combineAdvantage, rollingOf, type D20Mode } from './d20-tests'
import type { Effect } from './effect'
import { effectsOf } from './effects'
import type { Traced } from './rules'
import type { Step } from './trace'

/** Who rolls initiative. */
export interface InitiativeOf {
  readonly vitals: Pick<Vitals, 'conditions' | 'exhaustion'>
  readonly dexModifier: number
  /** What the stat block says in place of the Dexterity modifier; 2024 alone. */
  readonly statBlockModifier?: number
  readonly isSurprised: boolean
  /** From elsewhere, such as the sheet. */
  readonly advantages?: number
  readonly disadvantages?: number
}

/** How initiative is rolled. */
export interface InitiativeModifier extends Traced {
  readonly mode: D20Mode
  /** The conditions that count. */
  readonly because: readonly Effect[]
}

/**
 * @returns what is added to the d20 of initiative, and how that is rolled: a Dexterity check, to which conditions
 *   and exhaustion apply; surprise gives disadvantage in 2024
 */
export function initiativeModifierOf(creature: InitiativeOf, edition: Edition): InitiativeModifier {
  const { vitals, dexModifier, isSurprised } = creature
  const base = edition === '2024' ? (creature.statBlockModifier ?? dexModifier) : dexModifier
  const surprise = edition === '2024' && isSurprised ? 1 : 0
  const { mode, penalty, because } = rollingOf(
    {
      kind: 'initiative',
      ability: 'dex',
      advantages: creature.advantages ?? 0,
      disadvantages: (creature.disadvantages ?? 0) + surprise,
    },
    effectsOf(vitals, edition),
  )
  const steps: Step[] = [{ step: 'raw', rule: 'R-01', from: 0, to: base }]
  if (penalty > 0) steps.push({ step: 'exhaustion', rule: 'R-60', from: base, to: base - penalty })
  return { value: base - penalty, steps, mode, because }
}

const scoreBase = 10
const scoreStep = 5

/** @returns the initiative of a creature that does not roll: 10 + Dexterity, 5 more or less for advantage (R-01, 2024) */
export function initiativeScore(of: {
  readonly dexModifier: number
  readonly advantage: boolean
  readonly disadvantage: boolean
}): Traced {
  const rule = 'R-01'
  const flat = scoreBase + of.dexModifier
  const steps: Step[] = [
    { step: 'raw', rule, from: 0, to: scoreBase },
    { step: 'modifier', rule, from: scoreBase, to: flat },
  ]
  const mode = combineAdvantage(Number(of.advantage), Number(of.disadvantage))
  if (mode === 'straight') return { value: flat, steps }
  const value = flat + (mode === 'advantage' ? scoreStep : -scoreStep)
  return { value, steps: [...steps, { step: mode, rule, from: flat, to: value }] }
}
