import type { Refusal } from '@innkeeper/rooms/room-type'
import { toChange } from '../table/changes'
import type { Spent } from '../table/creatures'
import type { Context, Decision } from '../table/decision'
import { gmLine } from '../table/log-lines'
import { countUnder, stockOf } from './character-vitals'
import type { Spending } from './character-payloads'
import { findOwn } from './find-character'

/** Where each kind of thing is counted. */
const kinds = { slot: 'slots', resource: 'resources', 'hit-die': 'hitDice' } as const satisfies Record<
  Spending['what'],
  keyof Spent
>

/** Uses up spell slots, uses of a resource, or hit dice. What hit dice heal is for the rest to say. */
export function spend(context: Context, spending: Spending): Decision | Refusal {
  return count(context, spending, 'character.spent')
}

/** Gives back what was used up; all of it where more is asked for. */
export function regain(context: Context, spending: Spending): Decision | Refusal {
  return count(context, spending, 'character.regained')
}

function count(
  context: Context,
  { id, what, key, amount }: Spending,
  code: 'character.spent' | 'character.regained',
): Decision | Refusal {
  const found = findOwn(context, id)
  if ('refused' in found) return found
  const { character, vitals } = found
  const spent = vitals.spent ?? { slots: {}, resources: {}, hitDice: {} }
  const kind = kinds[what]
  const max = countUnder(stockOf(character.sheet)[kind], key)
  if (max === 0) return refused(`${character.name} has no such thing`, { what, key, max })
  const used = countUnder(spent[kind], key)
  const left = max - used
  const isSpent = code === 'character.spent'
  if (isSpent && amount > left) return refused(`${left} of ${max} are left`, { what, key, max, left })
  if (!isSpent && used === 0) return refused('Nothing of it is spent', { what, key, max, left })
  const by = isSpent ? amount : Math.min(amount, used)
  const next = { ...spent, [kind]: { ...spent[kind], [key]: isSpent ? used + by : used - by } }
  const params = {
    character: id,
    name: character.name,
    what,
    key,
    amount: by,
    left: isSpent ? left - by : left + by,
    max,
  }
  return {
    changes: [toChange('vitals', { ...vitals, spent: next })],
    lines: [{ ...gmLine({ code, params }), owner: character.owner }],
  }
}

function refused(detail: string, extras: Refusal['extras'] & object): Refusal {
  return { refused: 'conflict', detail, extras }
}
