import type { HeldRole, Recorded, RoomType } from '../room-type'

type LendingCommand =
  | { readonly name: 'note'; readonly text: string }
  | { readonly name: 'lend'; readonly to: string; readonly forMs: number }
type LendingEvent =
  | { readonly name: 'seated'; readonly payload: { readonly uuid: string; readonly role: string } }
  | { readonly name: 'noted'; readonly payload: string }
  | { readonly name: 'lent'; readonly payload: { readonly to: string; readonly untilMs: number } }
  | { readonly name: 'returned'; readonly payload: { readonly to: string } }
interface LendingState {
  readonly seats: Readonly<Record<string, HeldRole>>
  readonly loan: { readonly to: string; readonly untilMs: number } | null
  /** For keepers alone. */
  readonly notes: readonly string[]
}

/** Keepers take notes that guests do not see, and lend their role for a time: `lend {to, forMs}`, `note "…"`. */
export const lendingRoom: RoomType<LendingState, LendingCommand, LendingEvent, null> = {
  name: 'lending',
  journal: 'durable',
  roles: ['guest', 'keeper'],
  finestAudience: 'role',
  maxPayloadBytes: 1_000,
  parseOptions: () => ({ options: null }),
  parseCommand(name, payload) {
    if (name === 'note' && typeof payload === 'string') return { command: { name, text: payload } }
    const loan = typeof payload === 'object' && payload !== null ? payload : {}
    if (name === 'lend' && 'to' in loan && typeof loan.to === 'string')
      return { command: { name, to: loan.to, forMs: 'forMs' in loan ? Number(loan.forMs) : 0 } }
    return { refused: 'bad-request', detail: 'Only: note, lend' }
  },
  open: () => ({ seats: {}, loan: null, notes: [] }),
  admit({ seats }, player) {
    const held = seatOf(seats, player.uuid)
    if (held) return { role: held.role, events: [] }
    const role = player.role === 'keeper' ? 'keeper' : 'guest'
    return { role, events: [{ name: 'seated', payload: { uuid: player.uuid, role } }] }
  },
  roleOf: ({ seats }, uuid) => seatOf(seats, uuid),
  decide({ seats, loan }, by, ...[command, { now }]) {
    if (by.role !== 'keeper') return { refused: 'not-allowed', detail: 'Only keepers do' }
    if (command.name === 'note') return { events: [{ name: 'noted', payload: command.text }] }
    const { to, forMs } = command
    if (loan || !(forMs >= 0) || seatOf(seats, to)?.role !== 'guest')
      return { refused: 'conflict', detail: 'Not to them, or not now' }
    return { events: [{ name: 'lent', payload: { to, untilMs: now + forMs } }] }
  },
  elapse: ({ loan }, { now }) =>
    loan && loan.untilMs <= now ? [{ name: 'returned', payload: { to: loan.to } }] : [],
  evolve,
  view: ({ seats, loan, notes }, { role }) => ({ seats, loan, notes: role === 'keeper' ? notes : [] }),
  viewEvent: (event, { role }) => (event.name === 'noted' && role !== 'keeper' ? null : event),
  audienceOf: ({ name }) => (name === 'noted' ? 'role' : 'everyone'),
}

function evolve(state: LendingState, event: Recorded<LendingEvent>): LendingState {
  const { seq: since } = event
  switch (event.name) {
    case 'seated':
      return { ...state, seats: seated(state, event.payload.uuid, { role: event.payload.role, since }) }
    case 'noted':
      return { ...state, notes: [...state.notes, event.payload] }
    case 'lent':
      return {
        ...state,
        seats: seated(state, event.payload.to, { role: 'keeper', since }),
        loan: event.payload,
      }
    case 'returned':
      return { ...state, seats: seated(state, event.payload.to, { role: 'guest', since }), loan: null }
  }
}

function seatOf(seats: LendingState['seats'], uuid: string): HeldRole | undefined {
  return Object.hasOwn(seats, uuid) ? seats[uuid] : undefined
}

function seated({ seats }: LendingState, uuid: string, held: HeldRole): LendingState['seats'] {
  return { ...seats, [uuid]: held }
}
