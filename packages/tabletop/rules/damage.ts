import type { Vitals } from '../table/creatures'
import { concentrationDc } from './concentration'
import type { Progress } from './condition-list'
import { damageOf } from './damage-amount'
import { failDeathSaves } from './death'
import { maximumOf } from './hit-points'
import { die, dropToZero, hitPointsOf, loseConsciousness, withHitPoints } from './life'
import { houseRule, type CreatureRules, type Hit, type Hurt, type Rules, type Target } from './rules'
import type { Step } from './trace'

/** Damage on its way into a creature. */
interface Impact {
  readonly hit: Hit
  /** Before temporary hit points. */
  readonly dealt: number
  /** After them. */
  readonly remaining: number
  readonly rules: CreatureRules
}

/**
 * A creature takes the damage of one source: temporary hit points first, then its own; at 0 it falls, dies or is
 * knocked out; at 0 already it fails death saves. If it concentrates it owes a check.
 */
export function takeDamage(target: Target, hit: Hit, rules: Rules): Hurt {
  const { vitals, defences, diesAtZero } = target
  const { value: dealt, steps } = damageOf(hit, { defences, conditions: vitals.conditions }, rules)
  const { temporary } = hitPointsOf(vitals)
  const absorbed = vitals.life === 'dead' ? 0 : Math.min(temporary, dealt)
  const impact: Impact = {
    hit,
    dealt,
    remaining: dealt - absorbed,
    rules: { ...rules, diesAtZero, conditionImmunities: defences.conditionImmunities },
  }
  const shielded = absorbed === 0 ? vitals : withHitPoints(vitals, { temporary: temporary - absorbed })
  const struck = strike(shielded, impact)
  const checked = askForConcentration(struck.vitals, impact)
  return {
    vitals: checked.vitals,
    dealt,
    steps: [...steps, ...absorbedStep(absorbed, impact), ...struck.steps],
    happened: [...struck.happened, ...checked.happened],
  }
}

function absorbedStep(absorbed: number, { dealt, remaining }: Impact): readonly Step[] {
  if (absorbed === 0) return []
  return [{ step: 'temp-hp', rule: 'R-20', from: dealt, to: remaining, params: { absorbed } }]
}

interface Struck extends Progress {
  readonly steps: readonly Step[]
}

function strike(vitals: Vitals, impact: Impact): Struck {
  const { remaining } = impact
  const before = hitPointsOf(vitals).now
  const now = Math.max(0, before - remaining)
  const toHp: Step = { step: 'to-hp', rule: 'R-20', from: remaining, to: now, params: { before } }
  if (vitals.life === 'dead') return { vitals, steps: [toHp], happened: [] }
  if (before === 0) {
    const next = strikeAtZero(vitals, impact)
    return { ...next, steps: [toHp, ...next.steps] }
  }
  if (now > 0) return { vitals: withHitPoints(vitals, { now }), steps: [toHp], happened: [] }
  const next = strikeDown(vitals, impact)
  return { ...next, steps: [toHp, ...next.steps] }
}

/** From above 0 to 0. */
function strikeDown(vitals: Vitals, { hit, remaining, rules }: Impact): Struck {
  if (hit.knockOut === true) return knockOut(vitals, rules)
  const left = remaining - hitPointsOf(vitals).now
  const maximum = maximumOf(vitals, rules.edition)
  if (rules.diesAtZero === true || left < maximum) return { ...dropToZero(vitals, rules), steps: [] }
  const dead = die(vitals, 'massive-damage')
  return {
    vitals: dead.vitals,
    steps: [{ step: 'massive-damage', rule: 'R-31', from: 0, to: 0, params: { left, maximum } }],
    happened: [{ code: 'dropped-to-zero' }, ...dead.happened],
  }
}

/** in 2014 stable at 0 hit points; in 2024 not at 0 at all, but unconscious with 1. */
function knockOut(vitals: Vitals, rules: CreatureRules): Struck {
  const isAtZero = rules.edition === '2014'
  const spared = withHitPoints(vitals, { now: isAtZero ? 0 : 1 })
  const out = loseConsciousness(isAtZero ? { ...spared, life: 'stable' } : spared, rules)
  return {
    vitals: out.vitals,
    steps: isAtZero ? [] : [{ step: 'knocked-out', rule: 'R-42', from: 0, to: 1 }],
    happened: [
      ...(isAtZero ? [{ code: 'dropped-to-zero' } as const] : []),
      { code: 'knocked-out' },
      ...out.happened,
    ],
  }
}

function strikeAtZero(vitals: Vitals, { hit, dealt, remaining, rules }: Impact): Struck {
  const isAbsorbed = remaining === 0 && !houseRule(rules, 'absorbedHitFailsDeathSave')
  if (dealt === 0 || isAbsorbed) return { vitals, steps: [], happened: [] }
  const maximum = maximumOf(vitals, rules.edition)
  if (remaining >= maximum)
    return {
      ...die(vitals, 'massive-damage'),
      steps: [{ step: 'massive-damage', rule: 'R-38', from: 0, to: 0, params: { left: remaining, maximum } }],
    }
  const failed = failDeathSaves(vitals, hit.isCritical === true ? 'critical-hit' : 'hit')
  const wasStable = vitals.life === 'stable' && failed.vitals.life === 'dying'
  return {
    vitals: failed.vitals,
    steps: [],
    happened: wasStable ? [{ code: 'fell' }, ...failed.happened] : failed.happened,
  }
}

/** One source, one check, by all the damage that it dealt; what temporary hit points swallowed counts. */
function askForConcentration(vitals: Vitals, { dealt, remaining, rules }: Impact): Progress {
  const isAsked =
    dealt === 0
      ? houseRule(rules, 'harmlessHitAsksConcentration')
      : remaining > 0 || houseRule(rules, 'absorbedHitAsksConcentration')
  if (vitals.concentration === null || !isAsked) return { vitals, happened: [] }
  const { value: dc, steps } = concentrationDc(dealt, rules.edition)
  const id = rules.newId()
  return {
    vitals: { ...vitals, concentrationChecks: [...vitals.concentrationChecks, { id, dc }] },
    happened: [{ code: 'concentration-check', id, dc, steps }],
  }
}
