import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import type { HouseRules } from '../../rules/rules'
import { toChange, type Change, type Entities } from '../changes'
import { withBefore, type CommandType, type Context, type Decided } from '../decision'
import { openLine, type Line, type Said } from '../log-lines'
import { tableEdits } from '../messages'
import type { PlayerSeat } from '../table-state'
import { inRole, seatOf } from '../seats'
import type { SeatChanged, TableEvent } from '../table-events'
import { steward } from './steward'

const uuid = z.string().min(1).max(128)
const seatOnly = z.strictObject({ uuid })

const rename = steward({
  name: 'seat.rename',
  summary: 'A seat has another name',
  payload: z.strictObject({ uuid, name: z.string().min(1).max(256) }),
  decide(context, { uuid: of, name }) {
    return onSeat(context, of, (seat) => ({
      seat: { ...seat, name },
      said: { code: 'player.renamed', params: { from: seat.name, to: name } },
    }))
  },
})

const remove = steward({
  name: 'seat.remove',
  summary: 'A seat is gone; its characters are the GM’s',
  payload: seatOnly,
  decide(context, { uuid: of }) {
    const removed = onSeat(context, of, (seat) => ({
      seat: inRole(seat, 'watcher'),
      said: { code: 'player.removed', params: { name: seat.name } },
    }))
    if ('refused' in removed) return removed
    const changes = withBefore(context.state, disowned(context.state.game, of))
    if (changes.length === 0) return removed
    return { events: [...removed.events, { name: 'character.changed', payload: { changes, lines: [] } }] }
  },
})

const giveRole = steward({
  name: 'seat.role',
  summary: 'A seat has another role',
  payload: z.strictObject({ uuid, role: z.enum(['gm', 'player']) }),
  decide(context, { uuid: of, role }) {
    return onSeat(context, of, (seat) => ({
      seat: inRole(seat, role),
      said: { code: 'role.changed', params: { name: seat.name, role } },
    }))
  },
})

const lend = steward({
  name: 'seat.lend',
  summary: 'A player has the GM’s tools for a time',
  payload: z.strictObject({ uuid, untilMs: z.number() }),
  decide(context, { uuid: of, untilMs }) {
    if (untilMs <= context.now) return { refused: 'validation-failed', detail: 'untilMs: This time is over' }
    return onSeat(context, of, (seat) => {
      const minutes = Math.round((untilMs - context.now) / 60_000)
      return {
        seat: { ...seat, role: 'gm', lentUntil: untilMs },
        said: { code: 'role.lent', params: { name: seat.name, minutes } },
      }
    })
  },
})

const giveBack = steward({
  name: 'seat.return',
  summary: 'A lent role is over',
  payload: seatOnly,
  decide(context, { uuid: of }) {
    return onSeat(context, of, (seat) =>
      seat.lentUntil === undefined
        ? { refused: 'conflict', detail: 'Nothing was lent to this seat' }
        : returned(seat),
    )
  },
})

const claim = steward({
  name: 'seat.claim',
  summary: 'Someone asks for a seat that is taken, or was answered',
  payload: z.strictObject({
    id: z.string().max(128),
    name: z.string().max(256),
    uuid,
    state: z.enum(['open', 'approved', 'declined', 'expired']),
  }),
  decide: (_context, payload) => ({ events: [{ name: 'seat.claimed', payload }] }),
})

const link = steward({
  name: 'seat.link',
  summary: 'A seat belongs to an account now, or no longer',
  payload: z.strictObject({ uuid, isLinked: z.boolean() }),
  decide(context, { uuid: of, isLinked }) {
    return onSeat(context, of, (seat) => ({
      seat,
      said: { code: 'player.linked', params: { name: seat.name, isLinked } },
    }))
  },
})

const editTable = steward({
  name: 'table.edit',
  summary: 'The table has another name, language, edition of the rules, or house rules',
  payload: tableEdits,
  decide({ state }, { houseRules: wished, ...edited }) {
    const houseRules = { ...state.houseRules, ...wished }
    const lines: Line[] = []
    if (edited.name !== undefined && edited.name !== state.name)
      lines.push(openLine({ code: 'table.renamed', params: { from: state.name, to: edited.name } }))
    if (edited.edition !== undefined && edited.edition !== state.edition)
      lines.push(openLine({ code: 'edition.changed', params: { edition: edited.edition } }))
    if (edited.language !== undefined && edited.language !== state.language)
      lines.push(openLine({ code: 'language.changed', params: { language: edited.language } }))
    const rules = changedRules(state.houseRules, houseRules)
    if (rules.length > 0) lines.push(openLine({ code: 'house-rules.changed', params: { rules } }))
    if (lines.length === 0) return { events: [] }
    const payload = { ...edited, ...(rules.length > 0 ? { houseRules } : {}), lines }
    return { events: [{ name: 'table.edited', payload }] }
  },
})

function changedRules(before: HouseRules, after: HouseRules): readonly string[] {
  const known = new Map<string, unknown>(Object.entries(before))
  return Object.entries(after).flatMap(([rule, value]) => (known.get(rule) === value ? [] : [rule]))
}

export const stewardCommands: readonly CommandType[] = [
  rename,
  remove,
  giveRole,
  lend,
  giveBack,
  claim,
  link,
  editTable,
]

/** @returns a seat whose lent role is over */
export function returned(seat: PlayerSeat): SeatAfter {
  return {
    seat: inRole(seat, 'player'),
    said: { code: 'role.returned', params: { name: seat.name } },
  }
}

/** @returns the event of it */
export function toSeatChanged({ seat, said }: SeatAfter): TableEvent {
  const { uuid, name, role, lentUntil } = seat
  // Since when is for whoever folds the event to say: by its own `seq`.
  const after = { uuid, name, role, ...(lentUntil === undefined ? {} : { lentUntil }) }
  return { name: 'seat.changed', payload: { seat: after, lines: [openLine(said)] } }
}

export interface SeatAfter {
  readonly seat: SeatChanged['seat']
  readonly said: Said
}

function disowned({ character, vitals, combatant }: Entities, uuid: string): readonly Change[] {
  const isTheirs = ({ owner }: { readonly owner: string | null }) => owner === uuid
  return [
    ...Object.values(character)
      .filter(isTheirs)
      .map((value) => toChange('character', { ...value, owner: null })),
    ...Object.values(vitals)
      .filter(isTheirs)
      .map((value) => toChange('vitals', { ...value, owner: null })),
    ...Object.values(combatant)
      .filter(isTheirs)
      .map((value) => toChange('combatant', { ...value, owner: null })),
  ]
}

function onSeat({ state }: Context, of: string, decide: (seat: PlayerSeat) => SeatAfter | Refusal): Decided {
  const known = seatOf(state, of)
  if (!known) return { refused: 'conflict', detail: 'Nobody has this seat' }
  const after = decide(known)
  if ('refused' in after) return after
  return { events: [toSeatChanged(after)] }
}
