import { expect, it } from 'bun:test'
import { Database as Sqlite } from 'bun:sqlite'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountToken, testSessions, type Answer, type SessionsUnderTest } from './testing/test-sessions'
import { onDatabases, type OpenSessions } from './testing/on-databases'
import { joinTable, openTable, problemOf, type Grant } from './testing/table'

onDatabases('recovering a seat', (open: OpenSessions) => {
  it('[D3] gives the same seat on another device, in the same shape, with everything new', async () => {
    const under = await open()
    const gm = await openTable(under)
    const answer = await recover(under, gm.recoveryKey)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const again: Grant = answer.json
    expect(Object.keys(again).sort()).toEqual(Object.keys(gm).sort())
    expect([again.session, again.player]).toEqual([gm.session, gm.player])
    for (const secret of ['accessToken', 'refreshToken', 'token', 'recoveryKey'] as const) {
      expect(again[secret]).not.toBe(gm[secret])
    }
    expect((await under.ask('GET', '/api/session', { token: again.accessToken })).status).toBe(200)
  })

  it('ends every token of before, sockets among them', async () => {
    const under = await open()
    const gm = await openTable(under)
    const { signIn } = await under.sessions.authenticator.authenticate(gm.accessToken)
    const ended: unknown[] = []
    under.revocations.onRevoked((revocation) => ended.push(revocation))
    const { json } = await recover(under, gm.recoveryKey)
    expect(problemOf(await under.ask('GET', '/api/session', { token: gm.accessToken }))).toBe(
      '401 token-invalid',
    )
    const refreshed = await under.ask('POST', '/api/session/auth/refresh', { token: gm.refreshToken })
    expect(problemOf(refreshed)).toBe('401 session-revoked')
    expect(await under.sessions.channelDoor.open(gm.token, undefined)).toMatchObject({ turned: 4401 })
    expect(await under.sessions.channelDoor.open(json.token, undefined)).toMatchObject({
      roomId: gm.session.id,
    })
    expect(ended).toEqual([expect.objectContaining({ kind: 'sign-in', sid: signIn })])
  })

  it('takes the key as people type it', async () => {
    const under = await open()
    const gm = await openTable(under)
    const typed = ` ${gm.recoveryKey.toLowerCase().replaceAll('-', ' ')} `
    expect((await recover(under, typed)).json.player.uuid).toBe(gm.player.uuid)
  })

  it('works again with the used key while the answer may have been lost, and not later', async () => {
    const under = await open()
    const gm = await openTable(under)
    const lost = (await recover(under, gm.recoveryKey)).json
    under.advance(599_999)
    const { json } = await recover(under, gm.recoveryKey)
    expect((await under.ask('GET', '/api/session', { token: lost.accessToken })).status).toBe(401)
    under.advance(1)
    expect(problemOf(await recover(under, gm.recoveryKey))).toBe('401 recovery-failed')
    expect((await recover(under, json.recoveryKey)).status).toBe(200)
  })

  it('leaves at most one device signed in when two use the key at once', async () => {
    const under = await open()
    for (const name of ['Mira', 'Ana', 'Lia', 'Emre', 'Cleo']) {
      const gm = await openTable(under, { gmName: name })
      const both = await Promise.all([recover(under, gm.recoveryKey), recover(under, gm.recoveryKey)])
      const alive: number[] = []
      for (const { json } of both) {
        const seen = await under.ask('GET', '/api/session', { token: json.accessToken ?? '' })
        if (seen.status === 200) alive.push(seen.status)
      }
      expect(alive.length).toBeLessThanOrEqual(1)
    }
  })

  it('[I1] is locked for ten minutes after ten wrong keys, and not by right ones', async () => {
    const under = await open()
    const held = { key: (await openTable(under)).recoveryKey }
    for (const _again of Array.from({ length: 12 })) {
      held.key = (await recover(under, held.key)).json.recoveryKey
    }
    const wrong = ['', 'AAAAA', held.key.slice(1), 'ABCDE-FGHJK-MNPQR-STUVW', "' OR 1=1--"]
    for (const key of [...wrong, ...wrong]) {
      expect(problemOf(await recover(under, key))).toBe('401 recovery-failed')
    }
    const locked = await recover(under, held.key)
    expect(problemOf(locked)).toBe('429 too-many')
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(590)
    expect((await recover(under, held.key, '198.51.100.9')).status).toBe(200)
  })
})

it('no secret that opens a seat is in any byte of the database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-'))
  const under = await testSessions(`file:${join(folder, 'seats.sqlite')}`)
  const headers = { tokenJwt: accountToken }
  const gm = await openTable(under, {}, { headers })
  const player = await joinTable(under, gm.session.code, 'Torin')
  const recovered: Grant = (await recover(under, gm.recoveryKey)).json
  const { json: refreshed } = await under.ask('POST', '/api/session/auth/refresh', {
    token: player.refreshToken,
  })
  const grants = [gm, player, recovered]
  const secrets = [
    ...grants.flatMap((one) => [one.accessToken, one.refreshToken, one.token, one.recoveryKey]),
    ...grants.flatMap((one) => [one.recoveryKey.replaceAll('-', ''), one.token.replaceAll('-', '')]),
    ...[refreshed.accessToken, refreshed.refreshToken, accountToken],
  ]
  const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'))
  expect(bytes.join('')).toContain(gm.player.uuid)
  for (const secret of secrets) for (const file of bytes) expect(file.includes(secret)).toBe(false)
  await under.close()
  const reopened = new Sqlite(join(folder, 'seats.sqlite'), { readonly: true })
  const [channel] = reopened.query('select hash from table_channels').all()
  expect(JSON.stringify(channel)).toMatch(/"[0-9a-f]{64}"/)
  reopened.close()
  rmSync(folder, { recursive: true })
})

function recover(under: SessionsUnderTest, recoveryKey: string, ip = '203.0.113.7'): Promise<Answer> {
  return under.ask('POST', '/api/session/recover', { body: { recoveryKey }, ip })
}
