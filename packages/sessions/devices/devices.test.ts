import { expect, it } from 'bun:test'
import { onDatabases, type OpenSessions } from '../testing/on-databases'
import { allOpen, allShut, joinTable, opens, openTable, problemOf, type Grant } from '../testing/table'
import type { Answer, SessionsUnderTest } from '../testing/test-sessions'

const minuteMs = 60_000

onDatabases('pairing a device', (open: OpenSessions) => {
  it('signs one more device in at the same seat, while the first stays', async () => {
    const under = await open()
    const gm = await openTable(under)
    const code = await offered(under, gm)
    expect(code).toMatch(/^[A-Z2-9]{8}$/)
    const answer = await pair(under, ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const phone: Grant = answer.json
    expect([phone.session, phone.player]).toEqual([gm.session, gm.player])
    expect(Object.keys(phone)).not.toContain('recoveryKey')
    for (const device of [gm, phone]) expect(await opens(under, device)).toBe(allOpen)
    const recovered = await under.ask('POST', '/api/session/recover', {
      body: { recoveryKey: gm.recoveryKey },
    })
    expect(recovered.status).toBe(200)
    for (const device of [gm, phone]) expect(await opens(under, device)).toBe(allShut)
  })

  it('takes a code once, for five minutes, and only the newest of a seat', async () => {
    const under = await open()
    const gm = await openTable(under)
    const [first, second] = [await offered(under, gm), await offered(under, gm)]
    expect(problemOf(await pair(under, first))).toBe('401 pairing-failed')
    expect((await pair(under, second)).status).toBe(200)
    expect(problemOf(await pair(under, second))).toBe('401 pairing-failed')
    const [early, late] = [await openTable(under), await openTable(under)]
    const [earlyCode, lateCode] = [await offered(under, early), await offered(under, late)]
    under.advance(5 * minuteMs - 1)
    expect((await pair(under, earlyCode)).status).toBe(200)
    under.advance(1)
    expect(problemOf(await pair(under, lateCode))).toBe('401 pairing-failed')
  })

  it('gives a seat to one of many who type the code at once', async () => {
    const under = await open()
    const code = await offered(under, await openTable(under))
    const race = await Promise.all(Array.from({ length: 8 }, () => pair(under, code)))
    expect(race.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('is worth no more than the device that offered it', async () => {
    const under = await open()
    const gm = await openTable(under)
    const code = await offered(under, gm)
    const again = await under.ask('POST', '/api/session/recover', { body: { recoveryKey: gm.recoveryKey } })
    expect(problemOf(await pair(under, code))).toBe('401 pairing-failed')
    expect(await opens(under, again.json)).toBe(allOpen)
    expect(await devicesOf(under, again.json)).toHaveLength(1)
  })

  it('leaves no device signed in that a recovery at the same moment should have ended', async () => {
    const under = await open()
    for (const name of ['Mira', 'Ana', 'Lia', 'Emre', 'Cleo']) {
      const gm = await openTable(under, { gmName: name })
      const code = await offered(under, gm)
      const body = { recoveryKey: gm.recoveryKey }
      const [paired, recovered] = await Promise.all([
        pair(under, code),
        under.ask('POST', '/api/session/recover', { body }),
      ])
      const devices = await devicesOf(under, recovered.json)
      expect(devices.filter(({ current }) => current)).toHaveLength(1)
      // A device that came in after the recovery would have had to know its new tokens.
      if (paired.status === 200) expect(await opens(under, paired.json)).toBe(allShut)
    }
  })

  it('is locked for ten minutes after ten wrong codes, and not by right ones', async () => {
    const under = await open({ budgets: { newKey: { points: 100, seconds: 60 } } })
    const gm = await openTable(under)
    for (const _again of Array.from({ length: 12 }))
      expect((await pair(under, await offered(under, gm))).status).toBe(200)
    const wrong = ['', 'ABCDEFG', 'ABCDEFGH', gm.session.code, "' OR 1=1--"]
    for (const code of [...wrong, ...wrong])
      expect(problemOf(await pair(under, code))).toBe('401 pairing-failed')
    const code = await offered(under, gm)
    const locked = await pair(under, code)
    expect(problemOf(locked)).toBe('429 too-many')
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(590)
    expect((await pair(under, code, '198.51.100.9')).status).toBe(200)
  })

  it('offers as many codes per seat as the budget says', async () => {
    const under = await open({ budgets: { newKey: { points: 2, seconds: 60 } } })
    const [gm, other] = [await openTable(under), await openTable(under)]
    for (const _code of [1, 2]) await offered(under, gm)
    const refused = await under.ask('POST', '/api/session/devices', { token: gm.accessToken })
    expect(problemOf(refused)).toBe('429 too-many')
    await offered(under, other)
  })
})

onDatabases('the devices of a seat', (open: OpenSessions) => {
  it('are listed with where and when, the newest use first, and which one asks', async () => {
    const under = await open()
    const start = under.now()
    const headers = { 'user-agent': 'Laptop/1' }
    const gm = await openTable(under, {}, { headers, ip: '203.0.113.77' })
    under.advance(minuteMs)
    const code = await offered(under, gm)
    const asked = { body: { code }, headers: { 'user-agent': 'Phone/2' }, ip: '2001:db8:1:2::9' }
    const phone: Grant = (await under.ask('POST', '/api/session/pair', asked)).json
    const [newest, oldest, ...more] = await devicesOf(under, gm)
    expect(more).toEqual([])
    expect(newest).toMatchObject({
      current: false,
      device: { userAgent: 'Phone/2', ipPrefix: '2001:db8:1::/48' },
      createdAt: start + minuteMs,
      lastUsedAt: start + minuteMs,
    })
    expect(oldest).toMatchObject({
      current: true,
      device: { userAgent: 'Laptop/1', ipPrefix: '203.0.113.0/24' },
      createdAt: start,
      lastUsedAt: start,
    })
    under.advance(minuteMs)
    await under.ask('POST', '/api/session/auth/refresh', { token: gm.refreshToken })
    const ids: readonly (string | undefined)[] = (await devicesOf(under, phone)).map(({ id }) => id)
    expect(ids).toEqual([oldest?.id, newest?.id])
  })

  it('[SEC-85] are listed without any token, hash or key', async () => {
    const under = await open()
    const gm = await openTable(under)
    const phone: Grant = (await pair(under, await offered(under, gm))).json
    const { text } = await under.ask('GET', '/api/session/devices', { token: gm.accessToken })
    for (const grant of [gm, phone]) {
      for (const secret of [grant.accessToken, grant.refreshToken, grant.token])
        expect(text).not.toContain(secret)
    }
    expect(text).not.toContain(gm.recoveryKey)
    expect(text).not.toMatch(/[0-9a-f]{64}|eyJ|hash|token|gen\b/i)
  })

  it('end one by one: tokens and channel, and no other device of the seat', async () => {
    const under = await open()
    const gm = await openTable(under)
    const phone: Grant = (await pair(under, await offered(under, gm))).json
    const laptop = (await devicesOf(under, phone)).find(({ current }) => !current)
    expect((await remove(under, phone, laptop?.id)).status).toBe(204)
    expect(await opens(under, gm)).toBe(allShut)
    expect(await opens(under, phone)).toBe(allOpen)
    expect(problemOf(await remove(under, phone, laptop?.id))).toBe('404 not-found')
    expect(await devicesOf(under, phone)).toHaveLength(1)
  })

  it('sign themselves out with their own id', async () => {
    const under = await open()
    const gm = await openTable(under)
    const [own] = await devicesOf(under, gm)
    expect((await remove(under, gm, own?.id)).status).toBe(204)
    expect(await opens(under, gm)).toBe(allShut)
    const body = { recoveryKey: gm.recoveryKey }
    expect((await under.ask('POST', '/api/session/recover', { body })).status).toBe(200)
  })

  it('[SEC-84] of another seat are 404, like one that never was, and stay as they are', async () => {
    const under = await open()
    const gm = await openTable(under)
    const player = await joinTable(under, gm.session.code, 'Torin')
    const [foreign] = await devicesOf(under, gm)
    const ids = [foreign?.id, gm.player.uuid, crypto.randomUUID(), "' OR 1=1--", '1', '%2e%2e%2f']
    const answers = new Set<string>()
    for (const id of ids) {
      const answer = await remove(under, player, id)
      answers.add(`${problemOf(answer)} ${answer.json.detail}`)
    }
    expect(answers.size).toBe(1)
    expect([...answers][0]).toStartWith('404 not-found')
    expect(await opens(under, gm)).toBe(allOpen)
  })
})

onDatabases('a new recovery key', (open: OpenSessions) => {
  it('[I1] opens the seat, and the old one is dead at once', async () => {
    const under = await open()
    const gm = await openTable(under)
    const answer = await under.ask('POST', '/api/session/recovery-key', { token: gm.accessToken })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { recoveryKey } = answer.json
    expect(recoveryKey).toMatch(/^[A-Z2-9]{5}(-[A-Z2-9]{5}){3}$/)
    expect(await opens(under, gm)).toBe(allOpen)
    const recover = (key: string) => under.ask('POST', '/api/session/recover', { body: { recoveryKey: key } })
    expect(problemOf(await recover(gm.recoveryKey))).toBe('401 recovery-failed')
    expect((await recover(recoveryKey)).json.player.uuid).toBe(gm.player.uuid)
  })

  it('ends the grace of a key that was used, too', async () => {
    const under = await open()
    const gm = await openTable(under)
    const recover = (key: string) => under.ask('POST', '/api/session/recover', { body: { recoveryKey: key } })
    const again: Grant = (await recover(gm.recoveryKey)).json
    await under.ask('POST', '/api/session/recovery-key', { token: again.accessToken })
    for (const key of [gm.recoveryKey, again.recoveryKey])
      expect(problemOf(await recover(key))).toBe('401 recovery-failed')
  })
})

async function offered(under: SessionsUnderTest, { accessToken: token }: Grant): Promise<string> {
  const answer = await under.ask('POST', '/api/session/devices', { token })
  expect([answer.status, answer.json.expiresIn]).toEqual([201, 300])
  return answer.json.code
}

function pair(under: SessionsUnderTest, code: string, ip = '203.0.113.7'): Promise<Answer> {
  return under.ask('POST', '/api/session/pair', { body: { code }, ip })
}

interface Device {
  readonly id: string
  readonly current: boolean
}

async function devicesOf(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
): Promise<readonly Device[]> {
  const answer = await under.ask('GET', '/api/session/devices', { token })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  return answer.json.devices
}

function remove(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
  id: string | undefined,
): Promise<Answer> {
  return under.ask('DELETE', `/api/session/devices/${encodeURIComponent(id ?? '')}`, { token })
}
