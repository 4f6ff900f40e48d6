import { once } from '@innkeeper/protocol/tools'

const russian = once(() => new Intl.PluralRules('ru'))

/**
 * Which form of a text with `|` Russian takes. Texts that count have two forms in English and Portuguese (one, other)
 * and three in Russian (1 игрок, 2 игрока, 5 игроков); they are read with `$t(key, count)`.
 */
export function russianPlural(count: number): number {
  const form = russian().select(count)
  return form === 'one' ? 0 : form === 'few' ? 1 : 2
}
