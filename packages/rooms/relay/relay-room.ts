import type { RoomType } from '../room-type'
import type { Json } from '@innkeeper/protocol/frames'

type RelayState = Readonly<Record<string, never>>
interface RelayCommand {
  readonly payload: Json
}
interface RelayedEvent {
  readonly name: 'relayed'
  readonly payload: Json
}

const nothing: RelayState = {}
const noEvents: readonly RelayedEvent[] = []

/** Passes any JSON on to everyone in the room, as it is: enough for a game that keeps its rules on the clients. */
export const relayRoom: RoomType<RelayState, RelayCommand, RelayedEvent, RelayState> = {
  name: 'relay',
  journal: 'ring',
  roles: ['player'],
  finestAudience: 'everyone',
  maxPayloadBytes: 16 * 1024,
  parseOptions: () => ({ options: nothing }),
  parseCommand(name, payload) {
    if (name !== 'relay') return { refused: 'bad-request', detail: 'This room knows one command: relay' }
    // The payload came out of JSON.parse; only `undefined` (no payload at all) is not JSON.
    return { command: { payload: (payload ?? null) as Json } }
  },
  open: () => nothing,
  admit: () => ({ role: 'player', events: noEvents }),
  decide: (_state, _by, command) => ({ events: [{ name: 'relayed', payload: command.payload }] }),
  evolve: (state) => state,
  view: (state) => state,
  viewEvent: (event) => event,
  audienceOf: () => 'everyone',
}
