import { AppError } from '@innkeeper/protocol/problems'
import { parseRoomId, type RoomId } from '@innkeeper/protocol/ids'

/** Where a page of the listing ended: the last room's age and id. */
export interface Cursor {
  readonly createdAt: number
  readonly id: RoomId
}

export function formatCursor({ createdAt, id }: Cursor): string {
  return `${createdAt}.${id}`
}

/** @throws AppError `validation-failed` for a cursor that is none of ours */
export function parseCursor(text: string): Cursor {
  const [, createdAt, rawId] = /^(\d{1,16})\.(.+)$/.exec(text) ?? []
  const id = parseRoomId(rawId)
  if (createdAt === undefined || id === undefined) {
    throw new AppError('validation-failed', 'This cursor is not one that the listing gave')
  }
  return { createdAt: Number(createdAt), id }
}
