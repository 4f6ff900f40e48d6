import { CommandLost } from '@innkeeper/client/outbox'
import type { ConnectionState } from '@innkeeper/client/connection-state'
import type { WaitingCommand } from '@innkeeper/client/outbox-storage'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import { shallowRef } from 'vue'
import type { TableRoom } from './table-room'

/** @returns a table to look at: what one viewer saw at one moment */
export function createFrozenRoom(table: TableState, me: string): TableRoom {
  return {
    me,
    table: shallowRef(table),
    statuses: shallowRef(null),
    connection: shallowRef<ConnectionState>({ kind: 'ended', code: 1_000, reason: 'left' }),
    waiting: shallowRef<readonly WaitingCommand[]>([]),
    isFrozen: true,
    send: () => Promise.reject(new CommandLost('Nothing can be changed here')),
    onEvent: () => () => {},
  }
}
