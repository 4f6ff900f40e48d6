import { assertNever } from '@innkeeper/protocol/tools'
import type { Effect } from '../rules/effect'
import { catalogueOf } from './catalogue-of'
import type { Language } from './languages'

/** @returns one thing that a condition means, as a phrase for a list */
export function sayEffect(effect: Effect, language: Language): string {
  const { effects: phrases } = catalogueOf(language)
  switch (effect.effect) {
    case 'advantage':
    case 'disadvantage':
    case 'auto-fail': {
      const kind = phrases.kinds[effect.on]
      const what = effect.ability === undefined ? kind : `${kind} (${phrases.abilities(effect.ability)})`
      const when = effect.when === undefined ? '' : phrases.circumstances[effect.when]
      return phrases.rolls({ effect: effect.effect, what, when })
    }
    case 'hindered':
      return phrases.hindrances[effect.by]
    case 'd20-penalty':
      return phrases.penalty(effect.amount)
    case 'speed-less':
      return phrases.slower(effect.feet)
    case 'immune-to-condition':
      return phrases.immune(effect.condition)
    case 'ends-when-source-is':
      return phrases.endsWithSource(effect.condition)
    case 'hit-is-critical':
    case 'speed-zero':
    case 'speed-half':
    case 'stand-costs-half-speed':
    case 'maximum-half':
    case 'resists-all-damage':
    case 'ends-when-moved-apart':
      return phrases.plain[effect.effect]
    default:
      return assertNever(effect)
  }
}
