import { clientFrame, counterDigits, opcodes } from './frames'
import type { PeerName } from './jobs'
import type { Frame, Link } from './link'

/** Someone who joins, as innkeeper asks who they are: by an identity token, or by a guest's name. Others do not ask. */
export type Player = { readonly token: string } | { readonly guest: string }

/** What a server needs to hear from a player, from the first request to the messages that are relayed. */
export interface Dialect {
  /** The HTTP request before the socket; absent where a socket is enough. */
  seatRequest?(room: string, player: Player): Buffer
  /** @param seat  the body of the answer to `seatRequest`, or an empty text */
  upgradeRequest(room: string, seat: string): Buffer
  /** A frame while joining, and what is said in return. @returns whether the player is in */
  enter(link: Link, frame: Frame): boolean
  /** A frame that is no delivery, later on. */
  other?(link: Link, frame: Frame): void
  /** A delivery has this byte at this place of its payload. */
  readonly delivery: { readonly at: number; readonly byte: number }
  /** What stands before the room's own number of an event, where the server gives it one. */
  readonly sequenceKey?: string
  /** One message with room for its number. */
  message(senderId: number): { readonly opcode: number; readonly payload: Buffer }
}

/** What is relayed: 62 characters, in quotes 64 bytes of JSON, that say who sent it and which one it is. */
function relayed(senderId: number): string {
  return `<<${String(senderId).padStart(4, '0')}:${counterDigits}${'x'.repeat(47)}`
}

function request(line: string, headers: readonly string[] = [], body?: string): Buffer {
  const length =
    body === undefined
      ? ['Content-Length: 0']
      : ['Content-Type: application/json', `Content-Length: ${body.length}`]
  return Buffer.from(
    `${[`${line} HTTP/1.1`, 'Host: 127.0.0.1', ...length, ...headers].join('\r\n')}\r\n\r\n${body ?? ''}`,
  )
}

function upgrade(path: string, headers: readonly string[] = []): Buffer {
  const lines = [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==',
    ...headers,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
}

const code = (character: string) => character.charCodeAt(0)

/** The command as a client of ours sends it. The bare server gets the same bytes and does not look at them. */
const command = (senderId: number) => ({
  opcode: opcodes.text,
  payload: Buffer.from(
    `{"type":"command","id":"c${counterDigits}","name":"relay","payload":"${relayed(senderId)}"}`,
  ),
})

const innkeeper: Dialect = {
  seatRequest: (room, player) =>
    'token' in player
      ? request(`POST /getTicket/${room}`, [`tokenJwt: ${player.token}`])
      : request(`POST /getTicket/${room}`, [], JSON.stringify({ username: player.guest })),
  upgradeRequest(room, seat) {
    const { ticket } = JSON.parse(seat) as { readonly ticket: string }
    return upgrade(`/enterRoom/${room}`, [`Authorization: Bearer ${ticket}`])
  },
  enter: (_link, { bytes, start }) => bytes[start + 9] === code('w'),
  // {"type":"event",… and not "presence", "expiring" ("ex") or "draining".
  delivery: { at: 10, byte: code('v') },
  sequenceKey: '"seq":',
  message: command,
}

const joinRoom = 10
const roomData = 13
const joinAcknowledged = clientFrame(opcodes.binary, Buffer.from([joinRoom]))

const colyseus: Dialect = {
  seatRequest: (room) => request(`POST /matchmake/joinById/${room}`, [], '{}'),
  upgradeRequest(room, seat) {
    const { processId, sessionId } = JSON.parse(seat) as {
      readonly processId: string
      readonly sessionId: string
    }
    return upgrade(`/${processId}/${room}?sessionId=${sessionId}`)
  },
  enter(link, { bytes, start, end }) {
    if (bytes[start] !== joinRoom) return bytes[start] === 14
    link.send(joinAcknowledged)
    // The handshake of a room without state ends after the serializer's name; others go on to send their state.
    return bytes.toString('latin1', start, end).includes('none')
  },
  delivery: { at: 0, byte: roomData },
  message: (senderId) => ({
    opcode: opcodes.binary,
    payload: Buffer.concat([
      Buffer.from([roomData, 0xa0 | 5]),
      Buffer.from('relay'),
      Buffer.from([0xd9, 62]),
      Buffer.from(relayed(senderId)),
    ]),
  }),
}

const socketIoPong = clientFrame(opcodes.text, Buffer.from('3'))
const socketIoConnect = clientFrame(opcodes.text, Buffer.from('40'))

const socketIo: Dialect = {
  upgradeRequest: (room) => upgrade(`/socket.io/?EIO=4&transport=websocket&room=${room}`),
  enter(link, { bytes, start, end }) {
    if (bytes[start] === code('0')) link.send(socketIoConnect)
    return bytes.toString('latin1', start, end) === '42["joined"]'
  },
  other(link, { bytes, start }) {
    if (bytes[start] === code('2')) link.send(socketIoPong)
  },
  delivery: { at: 1, byte: code('2') },
  message: (senderId) => ({
    opcode: opcodes.text,
    payload: Buffer.from(`42["relay","${relayed(senderId)}"]`),
  }),
}

const bare: Dialect = {
  upgradeRequest: (room) => upgrade(`/${room}`),
  enter: () => true,
  delivery: { at: 0, byte: code('#') },
  message: command,
}

const bareDoor: Dialect = {
  ...bare,
  seatRequest: (room, player) =>
    request(`POST /${room}`, [], JSON.stringify('guest' in player ? { username: player.guest } : {})),
  upgradeRequest: (room, seat) => upgrade(`/${room}`, [`Authorization: Bearer ${seat}`]),
  enter: (_link, { bytes, start }) => bytes[start] === code('w'),
}

/** Lets everybody in as the bare server does, and sends events as ours. */
const least: Dialect = {
  ...bare,
  delivery: innkeeper.delivery,
  sequenceKey: '"seq":',
}

/** By peer: how to talk to its server. */
export const dialects: Readonly<Record<PeerName, Dialect>> = {
  innkeeper,
  colyseus,
  'socket.io': socketIo,
  bare,
  'bare-door': bareDoor,
  least,
  raw: bare,
}
