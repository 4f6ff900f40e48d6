import type { ApiManual } from '@innkeeper/web-kit/api-document'

const room = {
  roomId: '2a4c6e80-91b3-4d5f-a7e9-0b1c2d3e4f50',
  type: 'relay',
  name: 'Friday night',
  owner: '5d7f9b13-2468-4ace-8bdf-13579bdf0246',
  guests: true,
  ranked: false,
  listed: true,
  maxPlayers: 8,
  players: 3,
  createdAt: 1_795_296_000_000,
}
const player = { uuid: '8e0f1a2b-3c4d-4e5f-9607-18293a4b5c6d' }

/** What the routes of rooms are about, and an example of each body and answer. */
export const roomsManual: ApiManual = {
  tags: {
    rooms: 'Places where players meet. Whoever opens a room owns it.',
    tickets: 'The key to exactly one room, for a player or a guest.',
  },
  bodies: {
    'POST /rooms': { type: 'relay', name: 'Friday night', guests: true, maxPlayers: 8 },
    'POST /rooms/{roomId}/kick': player,
    'POST /rooms/{roomId}/ban': { ...player, minutes: 60 },
    'POST /rooms/{roomId}/rotate-key': { graceSeconds: 60 },
    'POST /getTicket/{roomId}': { username: 'player123' },
  },
  answers: {
    Room: room,
    RoomList: { rooms: [room] },
    Ticket: {
      ticket: '<ticket>',
      url: 'wss://inn.test/enterRoom/2a4c6e80-91b3-4d5f-a7e9-0b1c2d3e4f50',
      expiresIn: 1_800,
      player: { uuid: 'guest:player123#k3f9w2', nick: 'player123' },
    },
  },
}
