import { type ConnectionOptions, RoomConnection } from '@innkeeper/client/connection'
import { followHonesty, type HonestyLevel } from '@innkeeper/client/connection-honesty'
import type { ConnectionState, Ended } from '@innkeeper/client/connection-state'
import type { WaitingCommand } from '@innkeeper/client/outbox-storage'
import { followPage } from '@innkeeper/client/page-signals'
import { webPlatform } from '@innkeeper/client/web-platform'
import type { EventFrame, PresenceStatus, WelcomeFrame } from '@innkeeper/protocol/frames'
import { evolve } from '@innkeeper/tabletop/table/evolve'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { computed, onScopeDispose, type Ref, shallowRef } from 'vue'
import { parseTableEvent, parseTableState } from './parse-table'
import type { TableRoom } from './table-room'

/** A way into a table's room: how to get there, and what its end means. */
export interface LiveRoomOptions extends Pick<
  ConnectionOptions,
  'address' | 'mayReturn' | 'storage' | 'onRefused' | 'onLost'
> {
  /** The server ended it for good. */
  onEnded?(ended: Ended): void
}

/** A table's room, live for whoever has the way in: connected while the component that uses it is shown. */
export function useLiveRoom(options: LiveRoomOptions) {
  const room = shallowRef<TableRoom | null>(null)
  const table = shallowRef<TableState | null>(null)
  const statuses = shallowRef<ReadonlyMap<string, PresenceStatus>>(new Map())
  const listeners = new Set<(event: RecordedTableEvent) => void>()
  const { state, waiting, honesty, connect, connection } = useConnection(options, {
    onWelcome: welcomed,
    onEvent: happened,
    onPresence: (presence) => void (statuses.value = withPresence(statuses.value, presence)),
  })

  function welcomed(welcome: WelcomeFrame): void {
    if (!welcome.resumed) table.value = parseTableState(welcome.state)
    statuses.value = new Map(welcome.players.map(({ uuid }) => [uuid, 'online']))
    if (room.value === null && isFilled(table)) room.value = createRoom(welcome.you.uuid, table)
  }

  function happened(frame: EventFrame): void {
    const event = parseTableEvent(frame)
    if (event === null || table.value === null) return
    table.value = evolve(table.value, event)
    for (const listener of listeners) listener(event)
  }

  function createRoom(me: string, filled: Readonly<Ref<TableState>>): TableRoom {
    return {
      me,
      table: filled,
      statuses: computed(() => (state.value.kind === 'live' ? statuses.value : null)),
      connection: state,
      waiting,
      isFrozen: false,
      send: (name, payload) => connection().send(name, payload),
      onEvent(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
  }

  return {
    state,
    /** Null until the table is known. */
    room,
    waiting,
    /** How loudly to say that what is shown may be old. */
    honesty,
    /** When the server was heard last (epoch ms); null before the first time. */
    heardAtMs: () => connection().heardAtMs,
    /** Calls a command off that has not gone out. @returns whether it was still time */
    cancel: (id: string) => connection().cancel(id),
    wake: () => connection().wake(),
    /** Starts anew after an end; with `takeover` this tab or device becomes the one. */
    restart: (takeover: boolean) => connect(takeover),
  }
}

/** @returns who is connected after the news; who has left is as unknown as who never came */
export function withPresence(
  statuses: ReadonlyMap<string, PresenceStatus>,
  { uuid, status }: { readonly uuid: string; readonly status: PresenceStatus },
): ReadonlyMap<string, PresenceStatus> {
  const next = new Map(statuses)
  // Screens come under another uuid each time: kept, they would add up for a whole evening.
  if (status === 'left') next.delete(uuid)
  else next.set(uuid, status)
  return next
}

function isFilled(table: Ref<TableState | null>): table is Ref<TableState> {
  return table.value !== null
}

type Listeners = Required<Pick<ConnectionOptions, 'onWelcome' | 'onEvent' | 'onPresence'>>

/** Owns the connection: one at a time, gone with the component. */
function useConnection({ onEnded, ...way }: LiveRoomOptions, listeners: Listeners) {
  const state = shallowRef<ConnectionState>({ kind: 'connecting', sinceMs: null })
  const waiting = shallowRef<readonly WaitingCommand[]>([])
  const honesty = shallowRef<HonestyLevel>('quiet')
  const platform = webPlatform()
  const current = shallowRef(create(false))
  const stopFollowing = shallowRef(follow())

  function create(takeover: boolean): RoomConnection {
    const onWaiting = (commands: readonly WaitingCommand[]) => void (waiting.value = commands)
    return new RoomConnection({ ...way, takeover, onState: show, onWaiting, ...listeners }, platform)
  }

  function follow(): () => void {
    const connection = current.value
    connection.open()
    const stops = [
      followPage(connection, { window, document }),
      followHonesty(connection, platform, (level) => void (honesty.value = level)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  function show(next: ConnectionState): void {
    state.value = next
    if (next.kind === 'ended') onEnded?.(next)
  }

  function disconnect(): void {
    stopFollowing.value()
    current.value.leave()
  }

  function connect(takeover: boolean): void {
    disconnect()
    current.value = create(takeover)
    stopFollowing.value = follow()
  }

  onScopeDispose(disconnect)
  return { state, waiting, honesty, connect, connection: () => current.value }
}
