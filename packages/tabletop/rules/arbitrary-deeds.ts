import fc from 'fast-check'
import { conditions, damageTypes, type Condition, type Defences, type Vitals } from '../table/creatures'
import { answerCheck, beginConcentration, endConcentration } from './concentration'
import { addCondition, expire, removeCondition } from './conditions'
import { takeDamage } from './damage'
import { deathSave, firstAid, kill, revive, stabilise } from './death'
import { setExhaustion } from './exhaustion'
import { giveTemporaryHp, heal, temporaryChoices, type TemporaryChoice } from './healing'
import { changeMaximum, setHitPoints } from './hit-points'
import { longRest, shortRest } from './rests'
import type { CreatureRules, Hit, Outcome } from './rules'

/** Anything that can be done to a creature. */
export type Deed =
  | { readonly does: 'damage'; readonly hit: Hit }
  | { readonly does: 'heal' | 'set-hp' | 'maximum' | 'exhaustion' | 'revive'; readonly amount: number }
  | { readonly does: 'temporary-hp'; readonly amount: number; readonly choice: TemporaryChoice }
  | { readonly does: 'death-save' | 'first-aid'; readonly face: number }
  | { readonly does: 'stabilise' | 'kill' | 'begin-concentration' | 'end-concentration' }
  | { readonly does: 'answer-check'; readonly which: number; readonly isKept: boolean }
  | { readonly does: 'add-condition'; readonly condition: Condition; readonly round: number }
  | { readonly does: 'remove-condition'; readonly which: number }
  | { readonly does: 'expire'; readonly round: number }
  | { readonly does: 'short-rest'; readonly faces: readonly number[] }
  | { readonly does: 'long-rest'; readonly isFed: boolean }

const damageType = fc.constantFrom(null, ...damageTypes)
const someTypes = fc
  .uniqueArray(fc.constantFrom(...damageTypes), { maxLength: 4 })
  .map((types) => types.map((type) => ({ type })))
const amount = fc.integer({ min: -5, max: 45 })
const round = fc.integer({ min: 1, max: 6 })
/** What is the exception must not hide the rule. */
export const rarely = fc.constantFrom(false, false, false, true)
const face = fc.integer({ min: 1, max: 20 })

const hitArbitrary: fc.Arbitrary<Hit> = fc.record({
  parts: fc.array(fc.record({ amount: fc.integer({ min: -3, max: 15 }), type: damageType }), {
    maxLength: 3,
  }),
  isMagical: fc.boolean(),
  isHalved: fc.boolean(),
  isCritical: fc.boolean(),
  adjustment: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: amount }),
  knockOut: rarely,
})

/** Many ways lead to death and few back, so those get more weight. */
const kinds: readonly fc.WeightedArbitrary<Deed>[] = [
  { weight: 8, arbitrary: fc.record({ does: fc.constant('damage'), hit: hitArbitrary }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('heal'), amount }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('death-save'), face }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('first-aid'), face }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('stabilise') }) },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('revive'), amount }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('kill') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('set-hp', 'exhaustion'), amount }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('maximum'), amount: fc.integer({ min: -15, max: 15 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('temporary-hp'),
      amount,
      choice: fc.constantFrom(...temporaryChoices),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('begin-concentration') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('end-concentration') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('answer-check'),
      which: fc.nat({ max: 2 }),
      isKept: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('add-condition'),
      condition: fc.constantFrom(...conditions),
      round,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('remove-condition'), which: fc.nat({ max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('expire'), round }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('short-rest'),
      faces: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('long-rest'), isFed: fc.boolean() }) },
]

/** What may happen to a creature in a bad week. Left to itself fast-check stops long before anyone has died twice. */
export const deedsArbitrary: fc.Arbitrary<readonly Deed[]> = fc.array(fc.oneof(...kinds), {
  maxLength: 60,
  size: 'max',
})

/** What some creatures are made of. */
export const defencesArbitrary: fc.Arbitrary<Defences> = fc.record({
  resistances: someTypes,
  vulnerabilities: someTypes,
  immunities: someTypes,
  conditionImmunities: fc.constantFrom<readonly Condition[]>([], ['prone']),
})

/** Whom it happens to. */
export interface Subject {
  readonly vitals: Vitals
  readonly defences: Defences
  readonly diesAtZero: boolean
}

const restDice = { d8: 4 }

/** @returns what a deed makes of a creature; a rest that cannot be had changes nothing */
export function perform(
  { vitals, defences, diesAtZero }: Subject,
  deed: Deed,
  rules: CreatureRules,
): Outcome {
  const { edition } = rules
  const unchanged: Outcome = { vitals, steps: [], happened: [] }
  switch (deed.does) {
    case 'damage':
      return takeDamage({ vitals, defences, diesAtZero }, deed.hit, rules)
    case 'heal':
      return heal(vitals, deed.amount, edition)
    case 'set-hp':
      return setHitPoints(vitals, deed.amount, rules)
    case 'maximum':
      return changeMaximum(vitals, deed.amount, rules)
    case 'exhaustion':
      // Most of the amounts would kill.
      return setExhaustion(vitals, Math.round(deed.amount / 7), rules)
    case 'revive':
      return revive(vitals, deed.amount, edition)
    case 'temporary-hp':
      return giveTemporaryHp(vitals, deed.amount, deed.choice)
    case 'death-save':
      return deathSave(vitals, deed.face, edition)
    case 'first-aid':
      return firstAid(vitals, deed.face)
    case 'stabilise':
      return stabilise(vitals)
    case 'kill':
      return kill(vitals)
    case 'begin-concentration':
      return beginConcentration(vitals, 'Bless')
    case 'end-concentration':
      return endConcentration(vitals, 'at-will')
    case 'answer-check': {
      const check = vitals.concentrationChecks[deed.which]
      return check ? answerCheck(vitals, check.id, deed.isKept) : unchanged
    }
    case 'add-condition': {
      const until = { moment: 'end', of: 'hero', round: deed.round } as const
      return addCondition(vitals, { id: rules.newId(), condition: deed.condition, until }, rules)
    }
    case 'remove-condition': {
      const applied = vitals.conditions[deed.which]
      return applied ? removeCondition(vitals, applied.id) : unchanged
    }
    case 'expire':
      return expire(vitals, { moment: 'end', of: 'hero', round: deed.round })
    case 'short-rest': {
      const rolls = deed.faces.map((shown) => ({ die: 'd8', face: shown }))
      const rested = shortRest(vitals, { hitDice: restDice, resources: [], rolls, conModifier: -1 }, edition)
      return 'obstacle' in rested ? unchanged : rested
    }
    case 'long-rest': {
      const rested = longRest(vitals, { hitDice: restDice, resources: [], isFed: deed.isFed }, edition)
      return 'obstacle' in rested ? unchanged : rested
    }
  }
}
