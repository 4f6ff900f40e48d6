import { createPublicKey, verify } from 'node:crypto'
import { announce, followParent, roomCount } from './ready.mjs'

/**
 * The least that any server on Bun has to do for these messages and tickets: JSON is read and written, events are
 * numbered and dated, a token is checked once, a ticket is signed. No limits, presence, roles, claims, history or
 * refusals. What it reaches beside a bare server is what there is to be reached.
 */
interface Seat {
  readonly room: string
}

interface Claims {
  readonly uuid: string
  readonly nick: string
  readonly sid: string
  readonly exp: number
}

const identityKey = createPublicKey({ key: JSON.parse(process.env.BENCH_PUBLIC_KEY ?? '{}'), format: 'jwk' })
const ticketKey = new Bun.CryptoHasher('sha256', crypto.getRandomValues(new Uint8Array(32)))
/** As long as the ids of our rooms, so that tickets and answers are as long as ours. */
const roomIds = Array.from(
  { length: roomCount },
  (_, index) => `least000-0000-7000-8000-${String(index).padStart(12, '0')}`,
)
const ticketHeader = Buffer.from(
  JSON.stringify({ alg: 'HS256', typ: 'ticket+jwt', kid: `${roomIds[0]}.1` }),
).toString('base64url')
const answered = { headers: new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' }) }
const known = new Map<string, Claims>()
const mostKnown = 4_000
const numbers = new Map<string, number>()

function check(token: string): Claims {
  const seen = known.get(token)
  if (seen) return seen
  const [header = '', payload = '', signature = ''] = token.split('.')
  const isGenuine = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`, 'latin1'),
    { key: identityKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isGenuine) throw new Error('A good token was refused')
  const claims: Claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  if (known.size >= mostKnown) known.clear()
  known.set(token, claims)
  return claims
}

function writeTicket(roomID: string, { uuid, nick, sid }: Claims): string {
  const iat = Math.floor(Date.now() / 1_000)
  const rest = { uuid, nick, roomID, sid, jti: crypto.randomUUID(), iat, exp: iat + 1_800 }
  const claims = JSON.stringify({ iss: 'innkeeper-rooms', aud: `room:${roomID}`, ...rest })
  const text = `${ticketHeader}.${Buffer.from(claims).toString('base64url')}`
  const ticket = `${text}.${ticketKey.copy().update(text).digest('base64url')}`
  const url = `ws://127.0.0.1:7777/enterRoom/${roomID}`
  return JSON.stringify({ ticket, url, expiresIn: 1_800, player: { uuid, nick } })
}

const idAt = '{"type":"command","id":"'.length
const idToName = '","name":"'.length
const nameToPayload = '","payload":'.length

/** @returns the event that everyone gets; the payload is read, and goes on in its own words */
function toEvent(room: string, message: string): string {
  const idEnd = message.indexOf('"', idAt)
  const nameEnd = message.indexOf('"', idEnd + idToName)
  const payload = message.slice(nameEnd + nameToPayload, -1)
  JSON.parse(payload)
  const seq = (numbers.get(room) ?? 0) + 1
  numbers.set(room, seq)
  const ref = message.slice(idAt, idEnd)
  const head = `{"type":"event","seq":${seq},"at":${Date.now()},"by":"guest:player#0123456789abcdefghijkl"`
  return `${head},"ref":"${ref}","name":"relayed","payload":${payload}}`
}

const server = Bun.serve<Seat>({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, self) {
    const room = request.url.slice(request.url.lastIndexOf('/') + 1)
    if (request.method === 'POST')
      return new Response(writeTicket(room, check(request.headers.get('tokenjwt') ?? '')), answered)
    return self.upgrade(request, { data: { room } }) ? undefined : new Response(null, { status: 400 })
  },
  websocket: {
    perMessageDeflate: false,
    idleTimeout: 120,
    open(socket) {
      socket.subscribe(socket.data.room)
      socket.sendText('joined')
    },
    message(socket, message) {
      server.publish(socket.data.room, toEvent(socket.data.room, String(message)))
    },
  },
})

followParent()
announce({
  port: Number(server.port),
  rooms: roomIds,
})
