import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { editions, type Edition, type Life, type Vitals } from '../table/creatures'
import { deedsArbitrary, defencesArbitrary, perform, rarely, type Deed } from './arbitrary-deeds'
import { hasCondition } from './condition-list'
import { deathSavesOf, hitPointsOf } from './life'
import { maximumOf } from './hit-points'
import type { Outcome } from './rules'
import type { Step } from './trace'
import { creature, dying, rules } from './testing/creature'

// Properties take seconds where many tests share few cores.
setDefaultTimeout(60_000)

/** One deed: what the creature was, what was done, what came of it. */
interface Turn {
  readonly before: Vitals
  readonly deed: Deed
  readonly outcome: Outcome
}

/** The state machine of the rules: by which deeds a creature gets from one life to another. */
const ways: Readonly<Record<Life, Readonly<Partial<Record<Life, readonly Deed['does'][]>>>>> = {
  conscious: {
    dying: ['damage', 'set-hp', 'maximum', 'exhaustion', 'add-condition'],
    stable: ['damage'],
    dead: ['damage', 'set-hp', 'maximum', 'exhaustion', 'add-condition', 'kill'],
  },
  dying: {
    conscious: ['heal', 'set-hp', 'death-save'],
    stable: ['death-save', 'first-aid', 'stabilise'],
    dead: ['damage', 'death-save', 'maximum', 'exhaustion', 'add-condition', 'kill'],
  },
  stable: {
    conscious: ['heal', 'set-hp', 'short-rest'],
    dying: ['damage'],
    dead: ['damage', 'maximum', 'exhaustion', 'add-condition', 'kill'],
  },
  dead: { conscious: ['revive'] },
}

/** The deeds whose steps lead to the hit points of now. */
const tellsHitPoints = new Set<Deed['does']>([
  'damage',
  'heal',
  'set-hp',
  'maximum',
  'exhaustion',
  'add-condition',
  'revive',
  'short-rest',
  'long-rest',
])

function everyTurn(edition: Edition, check: (turn: Turn) => void): void {
  const creatures = fc.record({
    start: fc.oneof(
      fc.record({ max: fc.integer({ min: 1, max: 40 }), temporary: fc.nat({ max: 10 }) }).map(creature),
      fc.constantFrom(dying(), dying({ life: 'stable' })),
    ),
    defences: defencesArbitrary,
    diesAtZero: rarely,
    deeds: deedsArbitrary,
  })
  fc.assert(
    fc.property(creatures, ({ start, defences, diesAtZero, deeds }) => {
      const table = {
        ...rules(edition),
        diesAtZero,
        conditionImmunities: defences.conditionImmunities,
      }
      let vitals = start
      for (const deed of deeds) {
        const before = deepFreeze(vitals)
        const outcome = perform({ vitals, defences, diesAtZero }, deed, table)
        check({ before, deed, outcome })
        vitals = outcome.vitals
      }
    }),
    { numRuns: 200 },
  )
}

for (const edition of editions)
  describe(`a creature in ${edition}, whatever happens to it`, () => {
    it('has whole hit points from 0 to its maximum, and none below 0 that are temporary', () => {
      everyTurn(edition, ({ outcome: { vitals } }) => {
        const { now, temporary } = hitPointsOf(vitals)
        expect(Number.isInteger(now) && now >= 0 && now <= maximumOf(vitals, edition)).toBe(true)
        expect(Number.isInteger(temporary) && temporary >= 0).toBe(true)
        expect(now > 0).toBe(vitals.life === 'conscious')
      })
    })

    it('passes from life to death and back by the ways of the state machine alone', () => {
      const taken = new Set<string>()
      everyTurn(edition, ({ before, deed, outcome: { vitals } }) => {
        if (vitals.life === before.life) return
        taken.add(`${before.life} ${vitals.life}`)
        expect(ways[before.life][vitals.life] ?? []).toContain(deed.does)
      })
      const possible = Object.entries(ways).flatMap(([from, to]) =>
        Object.keys(to).map((life) => `${from} ${life}`),
      )
      // In 2024 nobody is knocked out at 0 hit points.
      const expected = possible.filter((way) => edition === '2014' || way !== 'conscious stable')
      expect([...taken].sort()).toEqual(expected.sort())
    })

    it('has death saves behind it only while dying, or dead of them', () => {
      everyTurn(edition, ({ before, deed, outcome: { vitals } }) => {
        const { successes, failures } = deathSavesOf(vitals)
        const atMost = { conscious: [0, 0], stable: [0, 0], dying: [2, 2], dead: [2, 3] }[vitals.life]
        expect([successes, failures].every((count, index) => count <= (atMost[index] ?? 0))).toBe(true)
        if (deed.does === 'death-save' && before.life !== 'dying') expect(vitals).toBe(before)
      })
    })

    it('at 0 hit points is unconscious, and stays prone when it wakes', () => {
      everyTurn(edition, ({ before, deed, outcome: { vitals } }) => {
        if (vitals.life === 'dying' || vitals.life === 'stable')
          expect(hasCondition(vitals, 'unconscious') && hasCondition(vitals, 'incapacitated')).toBe(true)
        const isUp = deed.does === 'remove-condition' || deed.does === 'expire'
        if (hasCondition(before, 'prone') && !isUp) expect(hasCondition(vitals, 'prone')).toBe(true)
      })
    })

    it('is under all that its conditions bring along, each of them known by an id of its own', () => {
      everyTurn(edition, ({ outcome: { vitals } }) => {
        const ids = vitals.conditions.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { condition, impliedBy } of vitals.conditions) {
          if (impliedBy !== undefined) expect(ids).toContain(impliedBy)
          if (['paralyzed', 'petrified', 'stunned', 'unconscious'].includes(condition))
            expect(hasCondition(vitals, 'incapacitated')).toBe(true)
          expect(condition).not.toBe('exhaustion')
        }
      })
    })

    it('concentrates only while it can, and owes checks only while it does', () => {
      everyTurn(edition, ({ outcome: { vitals } }) => {
        if (vitals.life === 'dead' || hasCondition(vitals, 'incapacitated'))
          expect(vitals.concentration).toBeNull()
        if (vitals.concentration === null) expect(vitals.concentrationChecks).toEqual([])
      })
    })

    it('is dead with the sixth level of exhaustion, and in 2024 without a maximum', () => {
      everyTurn(edition, ({ outcome: { vitals } }) => {
        const isHollow = edition === '2024' && maximumOf(vitals, edition) === 0
        if (vitals.exhaustion === 6 || isHollow) expect(vitals.life).toBe('dead')
      })
    })

    it('has a chain of steps for every number, to what the number is now', () => {
      everyTurn(edition, ({ deed, outcome: { vitals, steps, happened } }) => {
        expectChain(steps)
        const last = steps.at(-1)?.to
        const { now, temporary } = hitPointsOf(vitals)
        if (last !== undefined && tellsHitPoints.has(deed.does)) expect(last).toBe(now)
        if (deed.does === 'temporary-hp') expect(last).toBe(temporary)
        for (const event of happened) if ('steps' in event) expectChain(event.steps)
        for (const event of happened) {
          if (event.code === 'death-save-failed') expect(event.steps.at(-1)?.to).toBe(event.failures)
          if (event.code === 'death-save-succeeded') expect(event.steps.at(-1)?.to).toBe(event.successes)
          if (event.code === 'regained') expect(event.steps.at(-1)?.to).toBe(now)
          if (event.code === 'concentration-check') {
            expect(event.steps.at(-1)?.to).toBe(event.dc)
            expect(vitals.concentrationChecks).toContainEqual({ id: event.id, dc: event.dc })
          }
        }
      })
    })

    it('tells of every change of life, conditions, concentration and exhaustion', () => {
      everyTurn(edition, ({ before, outcome: { vitals, happened } }) => {
        const told = new Set<string>(happened.map(({ code }) => code))
        if (vitals.life !== before.life)
          expect(
            ['died', 'fell', 'knocked-out', 'stabilised', 'woke', 'revived', 'regained'].some((code) =>
              told.has(code),
            ) || hasCondition(vitals, 'unconscious'),
          ).toBe(true)
        const gained = vitals.conditions.filter(({ condition }) => !hasCondition(before, condition))
        for (const { condition } of gained)
          expect(happened).toContainEqual({ code: 'condition-gained', condition })
        const ended = before.conditions.filter(({ condition }) => !hasCondition(vitals, condition))
        for (const { condition } of ended)
          expect(happened).toContainEqual({ code: 'condition-ended', condition })
        expect(told.has('exhaustion-changed')).toBe(vitals.exhaustion !== before.exhaustion)
        if (before.concentration !== null && vitals.concentration === null)
          expect(told.has('concentration-ended')).toBe(true)
      })
    })

    it('is plain JSON', () => {
      everyTurn(edition, ({ outcome }) => {
        expect(JSON.parse(JSON.stringify(outcome))).toStrictEqual(outcome)
      })
    })
  })

function expectChain(steps: readonly Step[]): void {
  steps.slice(1).forEach((step, index) => {
    expect(step.from).toBe(steps[index]?.to ?? Number.NaN)
  })
}

/** Rules never change what they are given: here they cannot. */
function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze)
  return Object.freeze(value)
}
