import type { Edition, Vitals } from '../table/creatures'
import { conditionEffects } from './condition-effects'
import type { Effect } from './effect'
import { exhaustionEffects } from './exhaustion-effects'

/**
 * What a creature's conditions and exhaustion mean, each once however many times it is there.
 *
 * @returns in the order in which the conditions came; exhaustion last
 */
export function effectsOf(
  vitals: Pick<Vitals, 'conditions' | 'exhaustion'>,
  edition: Edition,
): readonly Effect[] {
  const conditions = new Set(vitals.conditions.map(({ condition }) => condition))
  return [
    ...[...conditions].flatMap((condition) => conditionEffects(condition, edition)),
    ...exhaustionEffects(vitals.exhaustion, edition),
  ]
}
