import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../../scripts/checks/run-checks'
import { rawExchange, statusesOf } from '../support/raw-exchange'
import { bun, spawnServer, type SpawnedServer } from '../support/spawn-server'

const upgrade = [
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]
/** What the server must not repeat to anyone, in the looks of what it hands out. */
const jwt = ['{"alg":"HS256","typ":"ticket+jwt"}', '{"uuid":"frodo"}', 'signed by nobody']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.')
const channelToken = crypto.randomUUID()
const joinCode = 'SECR2TCD'
const roomId = crypto.randomUUID()

const requests: readonly (readonly [string, string, readonly string[]])[] = [
  ['a socket with a ticket', `GET /enterRoom/${roomId}`, [...upgrade, `Authorization: Bearer ${jwt}`]],
  [
    'a browser socket with a ticket',
    `GET /enterRoom/${roomId}`,
    [...upgrade, 'Origin: http://x', `Sec-WebSocket-Protocol: innkeeper.v1, ticket.${jwt}`],
  ],
  ['a channel socket', `GET /ws?token=${channelToken}`, [...upgrade, 'Origin: http://x']],
  ['a page with a token in its address', `GET /rooms?token=${channelToken}`, []],
  ['a page with a join code in its address', `GET /j/${joinCode}`, []],
  ['a ticket request', `POST /getTicket/${roomId}`, [`tokenJwt: ${jwt}`, 'Content-Length: 0']],
  [
    'a request whose body has to be counted',
    `POST /getTicket/${roomId}?token=${channelToken}`,
    [`tokenJwt: ${jwt}`, 'Content-Type: application/json', 'Transfer-Encoding: chunked'],
  ],
]
const hosts: readonly (string | undefined)[] = [
  '[',
  ']:80',
  'a:99999',
  '%',
  '',
  'a b',
  '//x',
  'exa<mple',
  undefined,
]

describe.each(['info', 'debug'])('a Host header that is none, at log level %s', (level) => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-host-'))
  let server: SpawnedServer
  beforeAll(async () => {
    server = await spawnServer({
      command: [bun, 'apps/game-server/main.ts'],
      env: { DATA_DIR: folder, LOG_LEVEL: level },
    })
  }, 30_000)
  afterAll(async () => {
    server.signal('SIGTERM')
    await server.exited
    rmSync(folder, { recursive: true })
  })

  async function ask(
    [, line, headers]: (typeof requests)[number],
    host: string | undefined,
  ): Promise<string> {
    const isChunked = headers.some((header) => header.startsWith('Transfer-Encoding'))
    const lines = [`${line} HTTP/1.1`, ...(host === undefined ? [] : [`Host: ${host}`]), ...headers, '', '']
    return await rawExchange(
      server.url,
      lines.join('\r\n') + (isChunked ? '2\r\n{}\r\n0\r\n\r\n' : ''),
      isWhole,
    )
  }

  it.each(requests)(
    '[SEC-110] opens nothing, shows nothing and is told to nobody: %s',
    async (...[what, line, headers]) => {
      const request = [what, line, headers] as const
      for (const host of hosts) {
        const answer = await ask(request, host)
        const [status = 0] = statusesOf(answer)
        expect({ host, status }).toEqual({ host, status: 400 })
        // Without any Host the runtime answers by itself, with nothing.
        const isEmpty = answer.endsWith('\r\n\r\n')
        if (!isEmpty) expect(answer).toMatch(/content-type: application\/(problem\+)?json/i)
        for (const hidden of ['<', repositoryRoot, 'node_modules', '.ts:', jwt, channelToken])
          expect({ host, hidden, answer, isShown: answer.includes(hidden) }).toMatchObject({ isShown: false })
      }
      expect((await server.call('GET', '/healthz')).status).toBe(200)
      // Everything that it printed, on both streams.
      expect([jwt, channelToken, joinCode].filter((secret) => server.output().includes(secret))).toEqual([])
      expect(server.output()).not.toContain('"level":"error"')
    },
  )
})

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0)
  return end >= 0 && answer.length >= end + 4 + length
}
