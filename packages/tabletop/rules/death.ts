import type { Edition, Vitals } from '../table/creatures'
import { exhaustionPenalty } from './exhaustion-effects'
import { heal } from './healing'
import { maximumOf } from './hit-points'
import { deathSavesOf, die, noDeathSaves, wake, withHitPoints } from './life'
import type { Happened, Outcome } from './rules'
import type { Step } from './trace'

/** So many successes make stable, so many failures dead. */
const enough = 3

/** What a death save must reach, and a Wisdom (Medicine) check to help. */
const deathSaveDc = 10
const firstAidDc = 10

/** @returns whether the creature rolls a death save at the start of its turn */
export function isDeathSaveDue(vitals: Vitals): boolean {
  return vitals.life === 'dying'
}

/**
 * A death save, for a creature that is dying; nothing changes for any other. In 2024 exhaustion lowers it like every d20
 * . The steps lead from 0 to what was rolled; those of the counters are in `happened`.
 *
 * @param face  of the d20: 1 to 20
 */
export function deathSave(vitals: Vitals, face: number, edition: Edition): Outcome {
  if (vitals.life !== 'dying') return { vitals, steps: [], happened: [] }
  const total = face - exhaustionPenalty(vitals.exhaustion, edition)
  const steps: Step[] = [{ step: 'raw', rule: 'R-35', from: 0, to: face, params: { dc: deathSaveDc } }]
  if (total < face)
    steps.push({
      step: 'exhaustion',
      rule: 'R-60',
      from: face,
      to: total,
      params: { level: vitals.exhaustion },
    })
  return { ...afterSave(vitals, { face, total, edition }), steps }
}

function afterSave(
  vitals: Vitals,
  { face, total, edition }: { readonly face: number; readonly total: number; readonly edition: Edition },
): Omit<Outcome, 'steps'> {
  if (face === 1) return failDeathSaves(vitals, 'natural-1')
  if (face === 20) {
    const healed = heal(vitals, 1, edition)
    return {
      vitals: healed.vitals,
      happened: [{ code: 'regained', steps: healed.steps }, ...healed.happened],
    }
  }
  return total < deathSaveDc ? failDeathSaves(vitals, 'roll') : succeed(vitals)
}

function succeed(vitals: Vitals): Omit<Outcome, 'steps'> {
  const before = deathSavesOf(vitals)
  const successes = before.successes + 1
  const succeeded: Happened = {
    code: 'death-save-succeeded',
    successes,
    steps: [{ step: 'death-save-success', rule: 'R-35', from: before.successes, to: successes }],
  }
  const saved: Vitals = { ...vitals, deathSaves: { ...before, successes } }
  if (successes < enough) return { vitals: saved, happened: [succeeded] }
  const stable = stabilise(saved)
  return { vitals: stable.vitals, happened: [succeeded, ...stable.happened] }
}

/** Why death saves fail, and whether it counts twice. */
const failures = {
  roll: { rule: 'R-35', isDouble: false },
  'natural-1': { rule: 'R-36', isDouble: true },
  hit: { rule: 'R-38', isDouble: false },
  'critical-hit': { rule: 'R-38', isDouble: true },
} as const

/** @returns a creature at 0 hit points with one or two more failures: dying, or dead at three */
export function failDeathSaves(vitals: Vitals, cause: keyof typeof failures): Omit<Outcome, 'steps'> {
  const { rule, isDouble } = failures[cause]
  const before = deathSavesOf(vitals)
  const once = before.failures + 1
  const steps: Step[] = [{ step: 'death-save-failure', rule, from: before.failures, to: once }]
  const isTwice = isDouble && once < enough
  if (isTwice) steps.push({ step: 'critical', rule, from: once, to: once + 1 })
  const count = isTwice ? once + 1 : once
  const failed: Happened = { code: 'death-save-failed', failures: count, steps }
  const dying: Vitals = { ...vitals, life: 'dying', deathSaves: { ...before, failures: count } }
  if (count < enough) return { vitals: dying, happened: [failed] }
  const dead = die(dying, 'death-saves')
  return { vitals: dead.vitals, happened: [failed, ...dead.happened] }
}

/** A dying creature becomes stable: at 0 hit points still, and unconscious. Nothing changes for others. */
export function stabilise(vitals: Vitals): Outcome {
  if (vitals.life !== 'dying') return { vitals, steps: [], happened: [] }
  return {
    vitals: { ...vitals, life: 'stable', deathSaves: noDeathSaves },
    steps: [],
    happened: [{ code: 'stabilised' }],
  }
}

/**
 * Somebody's Wisdom (Medicine) check: it stabilises the dying, and in 2024 wakes who was knocked out.
 *
 * @param total  of the check
 */
export function firstAid(vitals: Vitals, total: number): Outcome {
  if (total < firstAidDc) return { vitals, steps: [], happened: [] }
  // Knocked out by the rules of 2014 is stable at 0 hit points, and only a hit point helps.
  return vitals.life === 'conscious' ? { ...wake(vitals), steps: [] } : stabilise(vitals)
}

/**
 * Back from the dead, with some hit points, from 1 to the maximum; exhaustion that came along is one less in 2024.
 * In 2014 only the sixth level goes, which would kill again at once. Nothing changes for the living, nor where the
 * maximum is 0.
 */
export function revive(vitals: Vitals, hp: number, edition: Edition): Outcome {
  if (vitals.life !== 'dead') return { vitals, steps: [], happened: [] }
  const { exhaustion } = vitals
  const rested: Vitals = {
    ...vitals,
    exhaustion: edition === '2024' ? Math.max(0, exhaustion - 1) : Math.min(exhaustion, 5),
  }
  const maximum = maximumOf(rested, edition)
  if (maximum === 0) return { vitals, steps: [], happened: [] }
  const now = Math.min(Math.max(1, hp), maximum)
  const back = wake(withHitPoints(rested, { now }))
  const isLessTired = rested.exhaustion < exhaustion
  return {
    vitals: back.vitals,
    steps: [{ step: 'revived', rule: 'R-26', from: 0, to: now, params: { maximum } }],
    happened: [
      { code: 'revived' },
      ...(isLessTired
        ? [{ code: 'exhaustion-changed', from: exhaustion, to: rested.exhaustion } as const]
        : []),
      ...back.happened,
    ],
  }
}

/** Death by the GM's word, or by an effect that kills outright. */
export function kill(vitals: Vitals): Outcome {
  return { ...die(vitals, 'killed'), steps: [] }
}
