import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@innkeeper/process-kit/system-random'
import { silentLog } from '@innkeeper/protocol/tools'
import type { Server } from 'bun'
import { createFrontDesk, type FrontDesk } from '../../tests/support/front-desk'
import { readGameServerSettings } from './config'
import { startGameServer } from './start-game-server'
import type { RunningNode } from './start-node'

const issuer = 'https://accounts.example'
const audience = 'tables'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const home = mkdtempSync(join(tmpdir(), 'innkeeper-issuers-'))
let keys: Server<undefined>
let node: RunningNode
let desk: FrontDesk

beforeAll(async () => {
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'ES256', use: 'sig' }
  keys = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => Response.json({ keys: [jwk] }) })
  const claims = { uuid: 'player_id', nick: 'display_name' }
  const settings = readGameServerSettings({
    PORT: '0',
    DATA_DIR: home,
    IDENTITY_ISSUERS: JSON.stringify([
      { issuer, audience, jwksUrl: new URL('/jwks', keys.url).href, claims },
    ]),
  })
  node = await startGameServer(settings, { clock: Date.now, random: systemRandom, log: silentLog })
  desk = createFrontDesk(node.url)
})
afterAll(async () => {
  await node.stop()
  await keys.stop(true)
  rmSync(home, { recursive: true })
})

describe('a token of an issuer in IDENTITY_ISSUERS', () => {
  it('lets a player in under the uuid and the nick of the claims that were named', async () => {
    const uuid = randomUUID()
    const { player, players } = await enterWith({ player_id: uuid, display_name: 'Mira' })
    expect(player).toMatchObject({ uuid, nick: 'Mira' })
    expect(players).toMatchObject([{ uuid, nick: 'Mira' }])
  })

  it.each(['Mi\u202Era', 'Admin', 'Game Master', ' '])(
    'shows a nick that nobody may have (%j) as one that is made of the uuid',
    async (display_name) => {
      const uuid = randomUUID()
      const { player } = await enterWith({ player_id: uuid, display_name })
      expect(player).toMatchObject({ uuid, nick: `Player ${uuid.slice(-6)}` })
    },
  )

  it('is refused with another audience, of another issuer, expired, without a claim or without its key', async () => {
    const good = { player_id: randomUUID(), display_name: 'Mira' }
    const now = Math.floor(Date.now() / 1_000)
    const refused = [
      { ...good, aud: 'others' },
      { ...good, iss: 'https://evil.example' },
      { ...good, iat: now - 700, exp: now - 100 },
      { player_id: good.player_id },
      { display_name: 'Mira', uuid: good.player_id },
    ].map((claims) => tokenOf(claims))
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    for (const token of [...refused, tokenOf(good, stranger)]) {
      const answer = await openRoom(token)
      expect(answer.json).toMatchObject({ type: '/problems/token-invalid' })
    }
    expect((await openRoom(tokenOf(good))).status).toBe(201)
  })
})

async function enterWith(claims: object) {
  const token = tokenOf(claims)
  const { json, status } = await openRoom(token)
  expect(status).toBe(201)
  const socket = await desk.enter(json.roomId, await desk.ticket(json.roomId, { token }))
  const { you: player, players } = await socket.next('welcome')
  await socket.close()
  return { player, players }
}

function openRoom(token: string) {
  return desk.call('POST', '/rooms', { token, body: { type: 'relay', name: 'A room' } })
}

function tokenOf(claims: object, key = privateKey): string {
  const iat = Math.floor(Date.now() / 1_000)
  const payload = { iss: issuer, aud: audience, iat, exp: iat + 600, ...claims }
  const input = [{ alg: 'ES256', kid: 'key-1', typ: 'JWT' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}
