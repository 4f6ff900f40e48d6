import fc from 'fast-check'
import { usualHouseRules } from '../rules/rules'
import { conditions, damageTypes, editions, hpLabels } from '../table/creatures'
import { lineCodes, type LineParam } from '../table/log-lines'
import { tableRoles } from '../table/messages'
import { languages } from './languages'
import type { LineToSay } from './say-line'
import { undoableCommands } from './words'

const count = fc.oneof(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 0, max: 9_999 }))

const deathReason = fc.constantFrom('massive-damage', 'zero-hit-points', 'killed')
const concentrationEnd = fc.constantFrom('dead', 'another-spell', 'check-failed')

/** Lines of every code with all the parameters that they may have; `name` makes what players wrote. */
export function lineArbitrary(name: fc.Arbitrary<string>): fc.Arbitrary<LineToSay> {
  const params = fc.record<Record<string, LineParam>>(
    {
      name,
      from: fc.oneof(name, count),
      to: fc.oneof(name, count),
      ability: name,
      spell: name,
      amount: count,
      total: count,
      face: count,
      by: count,
      now: count,
      dc: count,
      rounds: count,
      round: count,
      count,
      minutes: count,
      number: count,
      left: count,
      max: count,
      successes: count,
      failures: count,
      isReady: fc.boolean(),
      isLinked: fc.boolean(),
      isDisclosed: fc.boolean(),
      types: fc.subarray([...damageTypes]),
      rules: fc.subarray(Object.keys(usualHouseRules)),
      fields: fc.subarray(['name', 'abilities', 'inventory', 'maxHitPoints']),
      condition: fc.constantFrom(...conditions),
      edition: fc.constantFrom(...editions),
      language: fc.constantFrom(...languages),
      role: fc.constantFrom(...tableRoles),
      label: fc.constantFrom(...hpLabels),
      kind: fc.constantFrom('short', 'long'),
      state: fc.constantFrom('open', 'approved', 'declined', 'expired'),
      what: fc.constantFrom(...undoableCommands, 'slot', 'hit-die', 'resource'),
      key: fc.constantFrom('1', '9', 'd8'),
      counter: fc.constantFrom('legendaryActions', 'legendaryResistances'),
      result: fc.constantFrom('success', 'failure', 'two-failures', 'revived', 'rolled', 'due'),
    },
    { requiredKeys: ['name'] },
  )
  const code = fc.constantFrom(...lineCodes, 'player.joined' as const)
  // One word for two things: why concentration ended, and why somebody died.
  return code.chain((of) =>
    fc.record({
      code: fc.constant(of),
      params: fc
        .tuple(params, of === 'died' ? deathReason : concentrationEnd)
        .map(([rest, reason]) => ({ ...rest, ...keyFor(rest), reason })),
    }),
  )
}

/** Spell slots are counted by their level, and dice are no level. */
function keyFor({ what, key }: Record<string, LineParam>): { readonly key?: LineParam } {
  return what === 'slot' && key === 'd8' ? { key: '1' } : {}
}
