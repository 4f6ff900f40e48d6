import type { GivenCommand } from '../table/use-command'

/** Words for a refusal: a key of the texts, and what they name. */
export interface Refusal {
  readonly key: string
  readonly named?: Readonly<Record<string, unknown>>
}

/** What the table cannot do as things stand, by the command that asks for it. */
const conflicts: Readonly<Record<string, string>> = {
  'character.create': 'characters.refused.give',
  'character.give': 'characters.refused.give',
  'character.remove': 'characters.removeFighting',
  'character.rest': 'characters.refused.rest',
  'character.spend': 'characters.refused.spend',
  'character.regain': 'characters.refused.regain',
}

/**
 * Finds the words for a command about a character that the table refused.
 *
 * @param problem  as the table sent it; null for none
 * @returns null: nothing more fitting than what the page says of any such problem
 */
export function toRefusal(
  problem: Readonly<Record<string, unknown>> | null,
  { name }: Pick<GivenCommand, 'name'>,
): Refusal | null {
  switch (problem?.['type']) {
    case '/problems/not-found':
      return { key: name === 'character.roll' ? 'characters.refused.notOnSheet' : 'characters.refused.gone' }
    case '/problems/not-allowed':
      return { key: 'characters.refused.notYours' }
    case '/problems/stale-edit':
      return { key: 'characters.refused.stale' }
    case '/problems/too-large':
      return { key: 'characters.refused.tooLarge' }
    case '/problems/dice-refused':
      return { key: 'characters.refused.dice' }
    case '/problems/conflict':
      return ofConflict(problem, name)
    default:
      return null
  }
}

function ofConflict({ limit }: Readonly<Record<string, unknown>>, command: string): Refusal | null {
  if (typeof limit === 'number') return { key: 'characters.full', named: { max: limit } }
  const key = conflicts[command]
  return key === undefined ? null : { key }
}
