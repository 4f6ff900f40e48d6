import { expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import type { SeatTables } from '../../seats/seat-rows'
import { onDatabases, type OpenSessions } from '../../testing/on-databases'
import { fetched, playedTable } from '../../testing/played-table'
import { joinTable, problemOf, viewOf, type Grant } from '../../testing/table'
import type { Answer, SessionsUnderTest } from '../../testing/test-sessions'

const path = '/api/session/export'

async function bring(under: SessionsUnderTest, body: unknown, ip = '198.51.100.4'): Promise<Answer> {
  return await under.ask('POST', '/api/session/import', { body, ip })
}

/** Ids of the tables that are open. */
async function openTables({ database }: SessionsUnderTest): Promise<readonly string[]> {
  const { db } = database.withTables<SeatTables>()
  const rows = await db.selectFrom('table_sessions').select('id').where('closed_at', 'is', null).execute()
  return rows.map(({ id }) => id).toSorted()
}

onDatabases('a table to keep', (open: OpenSessions) => {
  it('is exported whole, in one canonical text whose SHA-256 is its ETag', async () => {
    const under = await open()
    const { gm, ana, boris } = await playedTable(under)
    const { status, text, headers, json: document } = await fetched(under, gm, path)
    expect(status).toBe(200)
    expect(headers.get('etag')).toBe(`"${new Bun.CryptoHasher('sha256').update(text).digest('hex')}"`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(document).toMatchObject({
      format: 'innkeeper-session',
      version: 1,
      session: { name: 'Phandalin', language: 'ru', edition: '2024' },
      players: [
        { ref: 'p1', name: 'Mira', role: 'gm' },
        { ref: 'p2', name: 'Ana', role: 'player' },
        { ref: 'p3', name: 'Boris', role: 'player' },
      ],
    })
    for (const { player } of [gm, ana, boris]) expect(text).not.toContain(player.uuid)
    for (const what of ['XYZZY self', 'XYZZY gm', 'PLUGH gm', 'PLUGH blind']) expect(text).toContain(what)
    expect(text).not.toContain('PLUGH self')
    expect(text).not.toContain(gm.session.code)
    const again = await fetched(under, gm, path)
    expect(again.text).toBe(text)
  })

  it('is for its game master alone', async () => {
    const under = await open()
    const { ana } = await playedTable(under)
    expect(problemOf(await fetched(under, ana, path))).toBe('403 not-allowed')
    expect(problemOf(await under.ask('GET', path))).toBe('401 token-invalid')
  })

  it('is a new table where it is brought to, and exported there it is the same to the byte', async () => {
    const under = await open()
    const { gm, ana } = await playedTable(under)
    const first = await fetched(under, gm, path)
    const brought = await bring(under, { document: first.json })
    expect({ status: brought.status, text: brought.text.slice(0, 300) }).toMatchObject({ status: 201 })
    const grant: Grant = brought.json
    expect(grant.session.id).not.toBe(gm.session.id)
    expect(grant.session.code).not.toBe(gm.session.code)
    expect(grant.player).toMatchObject({ name: 'Mira', role: 'gm' })
    expect(grant.player.uuid).not.toBe(gm.player.uuid)
    const second = await fetched(under, grant, path)
    expect(second.text).toBe(first.text)
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
    const [former] = brought.json.formerPlayers
    expect(former).toMatchObject({ name: 'Ana', characters: [{ name: 'Торин' }] })
    expect(former.uuid).not.toBe(ana.player.uuid)
    // The game goes on, there and here.
    const newcomer = await joinTable(under, grant.session.code, 'Ana')
    const gift = await under.ask('POST', `/api/characters/${former.characters[0].id}/give`, {
      token: grant.accessToken,
      body: { owner: newcomer.player.uuid },
    })
    expect(gift.status).toBe(200)
    expect((await fetched(under, newcomer, '/api/characters')).text).toContain('"maxHitPoints":30')
    expect((await fetched(under, newcomer, '/api/session')).text).not.toContain('XYZZY')
    expect((await fetched(under, gm, path)).text).toBe(first.text)
  })

  it('has a game master of another name where one is given', async () => {
    const under = await open()
    const { gm } = await playedTable(under)
    const { json: document } = await fetched(under, gm, path)
    const { json: grant } = await bring(under, { document, gmName: 'Nora' })
    const again = (await fetched(under, grant, path)).json
    expect(again.players[0]).toEqual({ ref: 'p1', name: 'Nora', role: 'gm' })
    expect({ ...again, players: document.players }).toEqual(document)
    expect((await viewOf(under, grant)).session.name).toBe('Phandalin')
  })

  it('is refused where it does not fit together, and leaves nothing behind', async () => {
    const under = await open()
    const { gm } = await playedTable(under)
    const { json: document } = await fetched(under, gm, path)
    const before = await openTables(under)
    const refusals: readonly [unknown, string][] = [
      [{ document: { ...document, version: 2 } }, '400 validation-failed'],
      [{ document: { ...document, secrets: {} } }, '400 validation-failed'],
      [{ document: { ...document, players: [] } }, '400 validation-failed'],
      [{ document, gmName: 'admin' }, '400 name-refused'],
      [{ document: { ...document, session: { ...document.session, name: '' } } }, '400 name-refused'],
      [{}, '400 validation-failed'],
    ]
    for (const [body, problem] of refusals) expect(problemOf(await bring(under, body))).toBe(problem)
    expect(await openTables(under)).toEqual(before)
  })

  it('is closed again when the room refuses a part of it', async () => {
    const under = await open()
    const { gm } = await playedTable(under)
    const { json: document } = await fetched(under, gm, path)
    const before = await openTables(under)
    const { execute } = under.rooms
    const failing = under.rooms as { execute: typeof execute }
    failing.execute = async (id, by, command) => {
      if (command.name === 'log.import') throw new Error('The journal is full')
      return await execute(id, by, command)
    }
    expect(problemOf(await bring(under, { document }))).toBe('500 server-error')
    failing.execute = execute
    expect(await openTables(under)).toEqual(before)
  })

  it('may be far larger than other bodies, up to a limit of its own, and so often from one address', async () => {
    const under = await open({ budgets: { bring: { points: 4, seconds: 60 } } })
    const { gm } = await playedTable(under)
    const { json: document } = await fetched(under, gm, path)
    const entry = document.log[0]
    const log = Array.from({ length: 3_000 }, () => entry)
    const { status, json: grant } = await bring(under, { document: { ...document, log } })
    expect(status).toBe(201)
    expect((await fetched(under, grant, path)).json.log).toHaveLength(3_000)
    const padded = (bytes: number) => {
      const body = { document, gmName: '' }
      return { ...body, gmName: 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(body))) }
    }
    expect(problemOf(await bring(under, padded(limits.importBytes)))).toBe('400 validation-failed')
    const tooLarge = await under.ask('POST', '/api/session/import', {
      body: padded(limits.importBytes + 1),
      headers: { 'content-length': String(limits.importBytes + 1) },
    })
    expect(problemOf(tooLarge)).toBe('413 too-large')
    for (let tries = 0; tries < 2; tries += 1)
      expect(problemOf(await bring(under, {}))).toBe('400 validation-failed')
    expect(problemOf(await bring(under, {}))).toBe('429 too-many')
    expect(problemOf(await bring(under, {}, '198.51.100.5'))).toBe('400 validation-failed')
  })
})

onDatabases('a log to read', (open: OpenSessions) => {
  it('is Markdown in the language that is asked for, or the table’s', async () => {
    const under = await open()
    const { gm } = await playedTable(under)
    const ru = await fetched(under, gm, '/api/session/log.md')
    expect(ru.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(ru.text).toStartWith('# Phandalin\n\n## ')
    expect(ru.text).toMatch(/### Раунд 1\n\n#### Ход: /)
    expect(ru.text).toContain('Mira бросает 2к20вл1+5 (Атака): ')
    const en = await fetched(under, gm, '/api/session/log.md?language=en')
    expect(en.text).toContain('Mira rolls 2d20kh1+5 (Атака): ')
    const pt = await fetched(under, gm, '/api/session/log.md?language=pt-BR')
    expect(pt.text).toContain('Mira rola 2d20kh1+5 (Атака): ')
  })

  it('is what its reader may read', async () => {
    const under = await open()
    const { gm, ana, boris } = await playedTable(under)
    const texts = await Promise.all(
      [gm, ana, boris].map(
        async (who) => (await fetched(under, who, '/api/session/log.md?language=en')).text,
      ),
    )
    const [forGm = '', forAna = '', forBoris = ''] = texts
    for (const text of [forAna, forBoris]) expect(text).not.toContain('XYZZY')
    for (const what of ['XYZZY self', 'XYZZY blind', 'PLUGH gm', 'PLUGH blind']) expect(forGm).toContain(what)
    expect(forGm).not.toContain('PLUGH self')
    expect(forAna).toContain('Ana rolls 2d20kh1+5 (PLUGH blind) blind')
    expect(forAna).toContain('Ana rolls 2d20kh1+5 (PLUGH self): ')
    expect(forAna).not.toContain('Boris rolls 2d20kh1+5 (PLUGH')
  })

  it('says why on request, and shows names as plain text', async () => {
    const under = await open()
    const { gm } = await playedTable(under)
    const plain = await fetched(under, gm, '/api/session/log.md?language=en')
    const explained = await fetched(under, gm, '/api/session/log.md?language=en&why=true')
    expect(plain.text).not.toContain('\n  - ')
    expect(explained.text).toMatch(/- \d\d:\d\d Торин takes .*\n {2}- To begin with: /)
    const html = Bun.markdown.html(explained.text)
    expect(html).toContain('&lt;b&gt;Bo&lt;/b&gt; *the* [x](http://evil.ex)')
    expect(html).not.toMatch(/<(?!\/?(?:h[1-6]|ul|li|p)\b)/)
  })

  it('tells the time of the reader, and refuses a zone that there is not', async () => {
    const under = await open()
    const { gm } = await playedTable(under)
    const [utc, tokyo] = [
      await fetched(under, gm, '/api/session/log.md?language=en'),
      await fetched(under, gm, '/api/session/log.md?language=en&timeZone=Asia/Tokyo'),
    ]
    const hourOf = ({ text }: Answer) => Number(/- (\d\d):/.exec(text)?.[1])
    expect((hourOf(utc) + 9) % 24).toBe(hourOf(tokyo))
    expect(problemOf(await fetched(under, gm, '/api/session/log.md?timeZone=Moon/Base'))).toBe(
      '400 validation-failed',
    )
    expect(problemOf(await under.ask('GET', '/api/session/log.md'))).toBe('401 token-invalid')
  })

  it('is given so often', async () => {
    const under = await open({ budgets: { keep: { points: 1, seconds: 60 } } })
    const { gm } = await playedTable(under)
    expect((await fetched(under, gm, '/api/session/log.md')).status).toBe(200)
    expect(problemOf(await fetched(under, gm, path))).toBe('429 too-many')
  })
})
