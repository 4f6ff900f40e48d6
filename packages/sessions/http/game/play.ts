import type { RoomId } from '@innkeeper/protocol/ids'
import type { Random } from '@innkeeper/protocol/tools'
import type { Recorded, RoomEvent, Viewer } from '@innkeeper/rooms/room-type'
import type { HistoryPage, HistoryWish, RoomView, Rooms } from '@innkeeper/rooms/rooms'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import type { Context } from 'hono'
import type { PlayerEnv } from '../current-player'

/** The table as one of its players sees it. */
export interface SeenTable extends RoomView {
  readonly table: TableState
}

/** What the routes of the game ask of the rooms: the very commands and views that a socket has. */
export interface Play {
  /**
   * Gives a command for whoever asks; `Idempotency-Key` makes a repetition apply once.
   *
   * @throws AppError what the table refused
   */
  give(context: Context<PlayerEnv>, name: string, payload: unknown): Promise<readonly Recorded<RoomEvent>[]>
  see(context: Context<PlayerEnv>): Promise<SeenTable>
  /** What somebody else sees: for those who may know it. Who has no seat watches. */
  seeAs(context: Context<PlayerEnv>, uuid: string): Promise<SeenTable>
  /** Everything that happened, as whoever asks may see it, newest first. */
  history(context: Context<PlayerEnv>, wish: HistoryWish): Promise<HistoryPage>
  /** The same as somebody else may see it: for what they let others see. */
  historyAs(context: Context<PlayerEnv>, uuid: string, wish: HistoryWish): Promise<HistoryPage>
}

export function createPlay({ rooms, random }: { readonly rooms: Rooms; readonly random: Random }): Play {
  return {
    async give(context, name, payload) {
      const { uuid, seat, session } = context.get('player')
      const id = context.req.header('idempotency-key') ?? random.uuid()
      return await rooms.execute(session.id, { uuid, role: seat.role }, { id, name, payload })
    },
    async see(context) {
      const { uuid, seat, session } = context.get('player')
      return await seeTable(rooms, session.id, { uuid, role: seat.role })
    },
    async seeAs(context, uuid) {
      return await seeTable(rooms, context.get('player').session.id, { uuid, role: 'watcher' })
    },
    async history(context, wish) {
      const { uuid, seat, session } = context.get('player')
      return await rooms.history(session.id, { uuid, role: seat.role }, wish)
    },
    async historyAs(context, uuid, wish) {
      return await rooms.history(context.get('player').session.id, { uuid, role: 'watcher' }, wish)
    },
  }
}

async function seeTable(rooms: Rooms, id: RoomId, viewer: Viewer): Promise<SeenTable> {
  const seen = await rooms.view(id, viewer)
  return { ...seen, table: parseTable(seen.state) }
}

/** @returns the state of a room that is a table: sessions open no others */
export function parseTable(state: unknown): TableState {
  return state as TableState
}

/** @returns an event of a room that is a table */
export function parseTableEvent(event: Recorded<RoomEvent>): RecordedTableEvent {
  return event as RecordedTableEvent
}
