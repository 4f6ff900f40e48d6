import type { Migration } from '@innkeeper/storage/migrations'

/** The tables of rooms that outlive their node. Times are epoch ms. */
export interface RoomTables {
  /** A durable room as the directory needs it after a restart; `stored` is JSON. */
  readonly room: { readonly id: string; readonly stored: string }
  /** `epoch` counts openings: who opened last may write. */
  readonly journal_room: { readonly room_id: string; readonly epoch: number }
  readonly journal_event: {
    readonly room_id: string
    readonly seq: number
    readonly at: number
    readonly by_uuid: string
    readonly ref: string | null
    readonly name: string
    readonly payload: string
  }
  readonly journal_snapshot: { readonly room_id: string; readonly seq: number; readonly state: string }
}

/** In the order of their names; a migration that has run anywhere is never edited. */
export const roomsMigrations: Readonly<Record<string, Migration>> = {
  '001-rooms': {
    async up(db) {
      await db.schema
        .createTable('room')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('stored', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('journal_room')
        .addColumn('room_id', 'text', (column) => column.primaryKey())
        .addColumn('epoch', 'integer', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('journal_event')
        .addColumn('room_id', 'text', (column) => column.notNull())
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('at', 'double precision', (column) => column.notNull())
        .addColumn('by_uuid', 'text', (column) => column.notNull())
        .addColumn('ref', 'text')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('journal_event_key', ['room_id', 'seq'])
        .execute()
      await db.schema
        .createTable('journal_snapshot')
        .addColumn('room_id', 'text', (column) => column.primaryKey())
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .execute()
    },
  },
}
