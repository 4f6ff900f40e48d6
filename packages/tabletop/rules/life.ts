import type { HitPoints, Vitals } from '../table/creatures'
import { stopConcentrating } from './concentration-end'
import { gainCondition, hasCondition, loseConditions, type Progress } from './condition-list'
import type { CreatureRules, DeathReason } from './rules'

/** Nothing saved, nothing failed. */
export const noDeathSaves = { successes: 0, failures: 0 } as const

/** @throws Error when the hit points were cut off for a viewer: rules run where everything is known */
export function hitPointsOf(vitals: Vitals): HitPoints {
  if (vitals.hitPoints === null) throw new Error(`The hit points of ${vitals.id} are not known here`)
  return vitals.hitPoints
}

/** @throws Error when the death saves were cut off for a viewer */
export function deathSavesOf(vitals: Vitals): { readonly successes: number; readonly failures: number } {
  if (vitals.deathSaves === null) throw new Error(`The death saves of ${vitals.id} are not known here`)
  return vitals.deathSaves
}

/** @returns the creature with other hit points; what they mean for its life is up to the caller */
export function withHitPoints(vitals: Vitals, change: Partial<HitPoints>): Vitals {
  return { ...vitals, hitPoints: { ...hitPointsOf(vitals), ...change } }
}

/** @returns the creature dead, at 0 hit points. Its death saves stay to be read. */
export function die(vitals: Vitals, reason: DeathReason): Progress {
  if (vitals.life === 'dead') return { vitals, happened: [] }
  const stopped = stopConcentrating({ ...withHitPoints(vitals, { now: 0 }), life: 'dead' }, 'dead')
  return { vitals: stopped.vitals, happened: [{ code: 'died', reason }, ...stopped.happened] }
}

/** @returns what becomes of a creature whose hit points came to 0 */
export function dropToZero(vitals: Vitals, rules: CreatureRules): Progress {
  const atZero = withHitPoints(vitals, { now: 0 })
  const diesAtZero = rules.diesAtZero ?? vitals.kind === 'monster'
  const next = diesAtZero ? die(atZero, 'zero-hit-points') : fall(atZero, rules)
  return { vitals: next.vitals, happened: [{ code: 'dropped-to-zero' }, ...next.happened] }
}

function fall(vitals: Vitals, rules: CreatureRules): Progress {
  const down = loseConsciousness({ ...vitals, life: 'dying' }, rules)
  return { vitals: down.vitals, happened: [{ code: 'fell' }, ...down.happened] }
}

/** @returns the creature unconscious until it regains a hit point */
export function loseConsciousness(vitals: Vitals, rules: CreatureRules): Progress {
  // Knocked out at 1 hit point, and then hit: unconscious already.
  if (vitals.conditions.some(({ endsOnHealing }) => endsOnHealing)) return { vitals, happened: [] }
  const unconscious = { id: rules.newId(), condition: 'unconscious', endsOnHealing: true } as const
  return gainCondition(vitals, unconscious, rules)
}

/** @returns a creature that has a hit point, conscious again and prone as it lies */
export function wake(vitals: Vitals): Progress {
  const awake = loseConditions(
    { ...vitals, life: 'conscious', deathSaves: noDeathSaves },
    ({ endsOnHealing }) => endsOnHealing === true,
  )
  const hasSlept = vitals.life !== 'conscious' || awake.happened.length > 0
  if (!hasSlept || hasCondition(awake.vitals, 'unconscious')) return awake
  return { vitals: awake.vitals, happened: [{ code: 'woke' }, ...awake.happened] }
}
