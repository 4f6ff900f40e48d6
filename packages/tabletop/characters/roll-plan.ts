import { rollingOf, type D20Mode } from '../rules/d20-tests'
import type { Circumstance, Effect } from '../rules/effect'
import { effectsOf } from '../rules/effects'
import type { Edition } from '../table/creatures'
import { damageOf } from './attack-damage'
import type { Affected } from './derived'
import { explain, present, type Part } from './explained'
import { countOf, toD20Test, toInfluence, traitsOn, type Influence } from './influences'
import { abilityPart, explainTest } from './modifiers'
import type { RollCheck, TestCheck } from './roll-check'
import type { HitDie, Sheet } from './sheet'
import { testParts } from './test-parts'

/** A roll that a character is about to make. */
export interface RollPlan {
  /** In dice notation. */
  readonly expression: string
  /** What the number that is added to the dice is made of. */
  readonly parts: readonly Part[]
  readonly advantage: {
    readonly state: D20Mode
    /** Those that count, and `possible` ones that would count under circumstances that nobody has told. */
    readonly sources: readonly Influence[]
    readonly possible: readonly Influence[]
  }
  /** Whatever the dice say, it fails: why is among the sources. */
  readonly isAutoFail: boolean
}

/** Who rolls, by which rules, and what is known beyond the sheet. */
export interface Roller {
  readonly sheet: Sheet
  readonly affected: Affected
  readonly edition: Edition
  /** By the word of whoever rolls, or the GM's. */
  readonly advantage?: boolean
  readonly disadvantage?: boolean
  readonly circumstances?: readonly Circumstance[]
}

/** @returns what to roll and why; null: the sheet has no such thing */
export function rollFor(roller: Roller, check: RollCheck): RollPlan | null {
  switch (check.kind) {
    case 'damage': {
      const attack = roller.sheet.attacks.find(({ id }) => id === check.key)
      const damage = attack ? damageOf(roller.sheet, attack, check.isCritical) : null
      return damage && { ...damage, ...straight }
    }
    case 'hit-die':
      return planHitDie(roller, check.key)
    default:
      return planTest(roller, check)
  }
}

const straight = {
  advantage: { state: 'straight', sources: [], possible: [] },
  isAutoFail: false,
} as const

function planTest(roller: Roller, check: TestCheck): RollPlan | null {
  const { sheet, affected, edition } = roller
  const parts = testParts(sheet, check)
  if (parts === null) return null
  const effects = effectsOf(affected, edition)
  const given = [...askedFor(roller), ...traitsOn(sheet, check)]
  const test = { ...toD20Test(check), ...countOf(given) }
  const rolling = rollingOf({ ...test, circumstances: roller.circumstances ?? [] }, effects)
  const atMost = rollingOf({ ...test, circumstances: effects.flatMap(circumstanceOf) }, effects)
  const number = explainTest(parts, effects)
  return {
    expression: `${dice[rolling.mode]}${signed(number.value)}`,
    parts: number.parts,
    advantage: {
      state: rolling.mode,
      sources: [...given, ...rolling.because.flatMap((effect) => toInfluence(effect) ?? [])],
      possible: atMost.because
        .filter((effect) => !rolling.because.includes(effect))
        .flatMap((effect) => toInfluence(effect) ?? []),
    },
    isAutoFail: rolling.isAutoFail,
  }
}

function circumstanceOf(effect: Effect): readonly Circumstance[] {
  return 'when' in effect ? [effect.when] : []
}

const dice = { straight: '1d20', advantage: '2d20kh1', disadvantage: '2d20kl1' } as const

function askedFor({ advantage, disadvantage }: Roller): readonly Influence[] {
  return [
    ...(advantage ? [{ source: 'asked', effect: 'advantage' } as const] : []),
    ...(disadvantage ? [{ source: 'asked', effect: 'disadvantage' } as const] : []),
  ]
}

/** A hit die heals at least 1 in 2024, and never harms in 2014. */
function planHitDie({ sheet, edition }: Roller, die: HitDie): RollPlan | null {
  if (!sheet.classes.some(({ hitDie }) => hitDie === die)) return null
  const { value, parts } = explain(present([abilityPart(sheet, 'con')]))
  const least = edition === '2024' ? 1 : 0
  const sum = `1${die}${signed(value)}`
  return { expression: value < 0 ? `max(${sum},${least})` : sum, parts, ...straight }
}

function signed(value: number): string {
  if (value === 0) return ''
  return value < 0 ? String(value) : `+${value}`
}
