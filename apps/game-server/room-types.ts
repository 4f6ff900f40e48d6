import type { RoomType } from '@innkeeper/rooms/room-type'
import { relayRoom } from '@innkeeper/rooms/relay/relay-room'
import { tabletopRoom } from '@innkeeper/tabletop/table/tabletop-room'

/** Every room type of this server. A new game is one more line here. */
export const roomTypes: readonly RoomType[] = [relayRoom, tabletopRoom]

/** Those that POST /rooms makes; a table is made by POST /api/session, which gives it its seats. */
export const openRoomTypes: readonly string[] = [relayRoom.name]
