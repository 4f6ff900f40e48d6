import { channelAddress } from '@innkeeper/client/address'
import { RoomConnection } from '@innkeeper/client/connection'
import type { ConnectionState } from '@innkeeper/client/connection-state'
import { followPage } from '@innkeeper/client/page-signals'
import { webPlatform } from '@innkeeper/client/web-platform'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import type { PresenceStatus } from '@innkeeper/protocol/frames'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Seat } from '../../services/seat'
import { useSession } from '../../stores/session'
import type { PendingRoll, RollView } from '../dice/roll-view'
import { foldEvent, parseTableState, toPlayerViews, toRollViews } from './table-view'

/** What a player asks of the dice. */
export interface RollRequest {
  readonly expression: string
  readonly visibility: RollView['visibility']
}

/** One seat's live table: connected while the page that uses it is shown. */
export function useTable(seat: Seat) {
  const me = seat.player.uuid
  const table = shallowRef<TableState | null>(null)
  const statuses = shallowRef<ReadonlyMap<string, PresenceStatus>>(new Map())
  const pending = ref<readonly PendingRoll[]>([])
  const { state, connect, connection } = useConnection(seat, {
    onWelcome(welcome) {
      if (!welcome.resumed) table.value = parseTableState(welcome.state)
      statuses.value = new Map(welcome.players.map(({ uuid }) => [uuid, 'online']))
    },
    onEvent(event) {
      if (table.value !== null) table.value = foldEvent(table.value, event)
    },
    onPresence({ uuid, status }) {
      statuses.value = new Map(statuses.value).set(uuid, status)
    },
  })

  async function roll(request: RollRequest): Promise<void> {
    const entry: PendingRoll = { key: Math.max(0, ...pending.value.map(({ key }) => key)) + 1, ...request }
    pending.value = [entry, ...pending.value]
    try {
      await connection().send('dice.roll', request)
    } finally {
      pending.value = pending.value.filter(({ key }) => key !== entry.key)
    }
  }

  return {
    state,
    pending,
    isReady: computed(() => table.value !== null),
    rolls: computed(() => (table.value === null ? [] : toRollViews(table.value, me))),
    players: computed(() =>
      table.value === null
        ? []
        : toPlayerViews(table.value, state.value.kind === 'live' ? statuses.value : null, me),
    ),
    roll,
    wake: () => connection().wake(),
    /** Starts anew after an end; with `takeover` this tab or device becomes the one. */
    restart: (takeover: boolean) => connect(takeover),
  }
}

type Listeners = Required<
  Pick<ConstructorParameters<typeof RoomConnection>[0], 'onWelcome' | 'onEvent' | 'onPresence'>
>

/** Owns the connection: one at a time, gone with the page, and gone with the seat. */
function useConnection(seat: Seat, listeners: Listeners) {
  const session = useSession()
  const state = shallowRef<ConnectionState>({ kind: 'connecting', sinceMs: null })
  const current = shallowRef(create(false))
  const stopFollowing = shallowRef(follow())

  function create(takeover: boolean): RoomConnection {
    return new RoomConnection(
      {
        address: () => channelAddress(location.origin, seat.channelToken),
        takeover,
        onState: show,
        ...listeners,
      },
      webPlatform(),
    )
  }

  function follow(): () => void {
    current.value.open()
    return followPage(current.value, { window, document })
  }

  function show(next: ConnectionState): void {
    state.value = next
    if (next.kind !== 'ended') return
    if (next.code === closeCodes.roomClosed) session.leave('closed')
    if (next.code === closeCodes.ticketInvalid || next.code === closeCodes.revoked) session.leave('revoked')
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
  return { state, connect, connection: () => current.value }
}
