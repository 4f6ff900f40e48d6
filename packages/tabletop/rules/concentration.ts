import type { Edition, Vitals } from '../table/creatures'
import { stopConcentrating } from './concentration-end'
import { hasCondition } from './condition-list'
import type { ConcentrationEnd, Outcome, Traced } from './rules'
import type { Step } from './trace'

const lowestDc = 10
const highestDc2024 = 30

/** @returns the DC of the Constitution save that damage from one source asks for */
export function concentrationDc(damage: number, edition: Edition): Traced {
  const dc = Math.max(lowestDc, Math.floor(damage / 2))
  const steps: Step[] = [{ step: 'concentration-dc', rule: 'R-50', from: damage, to: dc }]
  if (edition === '2014' || dc <= highestDc2024) return { value: dc, steps }
  steps.push({ step: 'dc-cap', rule: 'R-50', from: dc, to: highestDc2024 })
  return { value: highestDc2024, steps }
}

/** Ends what the creature concentrated on before. Who is incapacitated or dead cannot begin: nothing changes. */
export function beginConcentration(vitals: Vitals, spell: string): Outcome {
  if (vitals.life === 'dead' || hasCondition(vitals, 'incapacitated'))
    return { vitals, steps: [], happened: [] }
  const stopped = stopConcentrating(vitals, 'another-spell')
  return {
    vitals: { ...stopped.vitals, concentration: spell },
    steps: [],
    happened: [...stopped.happened, { code: 'concentration-began', spell }],
  }
}

/** The checks that it still owed are dropped. */
export function endConcentration(vitals: Vitals, reason: ConcentrationEnd): Outcome {
  return { ...stopConcentrating(vitals, reason), steps: [] }
}

/** @returns the creature after one check; a failed one ends the concentration. An unknown check changes nothing. */
export function answerCheck(vitals: Vitals, checkId: string, isKept: boolean): Outcome {
  const spell = vitals.concentration
  const isAsked = vitals.concentrationChecks.some(({ id }) => id === checkId)
  if (spell === null || !isAsked) return { vitals, steps: [], happened: [] }
  if (!isKept) return endConcentration(vitals, 'check-failed')
  const concentrationChecks = vitals.concentrationChecks.filter(({ id }) => id !== checkId)
  return {
    vitals: { ...vitals, concentrationChecks },
    steps: [],
    happened: [{ code: 'concentration-kept', spell }],
  }
}
