import type { ConnectionState } from '@innkeeper/client/connection-state'
import type { WaitingCommand } from '@innkeeper/client/outbox-storage'
import type { EventFrame, PresenceStatus } from '@innkeeper/protocol/frames'
import type { TableRole } from '@innkeeper/tabletop/table/messages'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { type ComputedRef, computed, inject, type InjectionKey, provide, type Ref } from 'vue'

/**
 * A table as one viewer has it, live or frozen. Every panel reads from here and keeps no game data of its own: what
 * it shows is computed from `table`, so that what the server says is what is seen.
 */
export interface TableRoom {
  /** Uuid of the viewer. */
  readonly me: string
  /** The table as the viewer may see it; a new object with every event that they see. */
  readonly table: Readonly<Ref<TableState>>
  /** Who is connected, by uuid; null while the own connection is away and nobody can know. */
  readonly statuses: Readonly<Ref<ReadonlyMap<string, PresenceStatus> | null>>
  readonly connection: Readonly<Ref<ConnectionState>>
  /** Commands that the table has not answered yet, in the order they were given. */
  readonly waiting: Readonly<Ref<readonly WaitingCommand[]>>
  /** Nothing can be changed here: another's view, or what was kept of a table that is out of reach. */
  readonly isFrozen: boolean
  /**
   * Gives a command, now or as soon as the room is back.
   *
   * @returns the event that acknowledges it
   * @throws CommandRefused with the room's problem; CommandLost when it can no longer be answered
   */
  send(name: string, payload: unknown): Promise<EventFrame>
  /** Hears each event once, after `table` has it. @returns a function that stops listening */
  onEvent(listener: (event: RecordedTableEvent) => void): () => void
}

/** A room with what is asked of it everywhere. */
export interface TableInUse extends TableRoom {
  readonly role: ComputedRef<TableRole>
  /** Runs the game: its game master, or who has the tools for a time. */
  readonly isGm: ComputedRef<boolean>
  /** The game master with all rights: over seats and the table itself, too. */
  readonly isSteward: ComputedRef<boolean>
}

const tableKey: InjectionKey<TableInUse> = Symbol('table')

/** Makes a room the table of everything below a component. */
export function provideTable(room: TableRoom): TableInUse {
  const seat = computed(() => room.table.value.players[room.me])
  const role = computed<TableRole>(() => seat.value?.role ?? 'watcher')
  const isGm = computed(() => role.value === 'gm')
  const inUse = {
    ...room,
    role,
    isGm,
    isSteward: computed(() => isGm.value && seat.value?.lentUntil === undefined),
  }
  provide(tableKey, inUse)
  return inUse
}

/** @returns the table that the component is part of */
export function useTableRoom(): TableInUse {
  const room = inject(tableKey)
  if (room === undefined) throw new Error('No table is provided')
  return room
}
