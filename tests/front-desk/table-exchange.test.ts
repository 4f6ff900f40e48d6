import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from '../support/front-desk'
import { freshPostgresDatabase, testPostgresUrl } from '../support/services'
import { startTestServer, type TestServer } from '../support/start-server'

setDefaultTimeout(60_000)

interface Given {
  readonly env: Readonly<Record<string, string>>
  end(): Promise<void>
}

describe('a table that is taken elsewhere, on SQLite', () => {
  suite(() => Promise.resolve({ env: {}, end: () => Promise.resolve() }))
})
if (testPostgresUrl() === undefined)
  it.skip('a table that is taken elsewhere, on PostgreSQL: needs TEST_POSTGRES_URL', () => {})
else
  describe('a table that is taken elsewhere, on PostgreSQL', () => {
    suite(async () => {
      const { url, drop } = await freshPostgresDatabase()
      return { env: { DATABASE_URL: url }, end: drop }
    })
  })

function suite(prepare: () => Promise<Given>): void {
  it('is the same to the byte, megabytes of it, and still is when the server has started anew', async () => {
    const { env, end } = await prepare()
    const dataDir = mkdtempSync(join(tmpdir(), 'innkeeper-exchange-'))
    const first = await startTestServer({ env, dataDir })
    try {
      const document = longer(await played(first))
      expect(JSON.stringify(document).length).toBeGreaterThan(2 * 1024 * 1024)
      const brought = await first.call('POST', '/api/session/import', { body: { document } })
      expect({ status: brought.status, text: brought.text.slice(0, 200) }).toMatchObject({ status: 201 })
      const { accessToken: token } = brought.json
      const exported = await first.call('GET', '/api/session/export', { token })
      expect(exported.json).toEqual(document)
      await first.stop()
      const second = await startTestServer({ env, dataDir })
      try {
        const again = await second.call('GET', '/api/session/export', { token })
        expect(again.headers.get('etag')).toBe(exported.headers.get('etag'))
        expect(again.text === exported.text).toBe(true)
        const log = await second.call('GET', '/api/session/log.md?language=en', { token })
        expect(log.text.split('\n').filter((line) => line.includes('rolls 12x16d20')).length).toBeGreaterThan(
          500,
        )
      } finally {
        await second.stop()
      }
    } finally {
      await first.stop()
      await end()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })

  it('has a limit of its own: other bodies are as small as ever', async () => {
    const { env, end } = await prepare()
    const server = await startTestServer({ env })
    try {
      const large = { name: 'x'.repeat(100_000) }
      expect((await server.call('POST', '/api/session', { body: large })).status).toBe(413)
      expect((await server.call('POST', '/api/session/import', { body: large })).status).toBe(400)
      const tooLarge = { name: 'x'.repeat(8 * 1024 * 1024) }
      expect((await server.call('POST', '/api/session/import', { body: tooLarge })).status).toBe(413)
    } finally {
      await server.stop()
      await end()
    }
  })
}

type Document = Answer['json']

async function played(server: TestServer): Promise<Document> {
  const opened = await server.call('POST', '/api/session', { body: { name: 'Phandalin', gmName: 'Mira' } })
  const { accessToken: token } = opened.json
  const body = { expression: '12x16d20', visibility: 'gm' }
  expect((await server.call('POST', '/api/dice/roll', { token, body })).status).toBe(200)
  const hero = { name: 'Торин', sheet: { maxHitPoints: 30 } }
  expect((await server.call('POST', '/api/characters', { token, body: hero })).status).toBe(201)
  return (await server.call('GET', '/api/session/export', { token })).json
}

/** The same with a log that is as long as that of many evenings. */
function longer(document: Document): Document {
  return { ...document, log: Array.from({ length: 700 }, () => document.log).flat() }
}
