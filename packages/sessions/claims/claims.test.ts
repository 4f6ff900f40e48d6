import { expect, it } from 'bun:test'
import { onDatabases, type OpenSessions } from '../testing/on-databases'
import {
  allOpen,
  allShut,
  historyOf,
  joinTable,
  opens,
  openTable,
  problemOf,
  viewOf,
  type Grant,
} from '../testing/table'
import type { Answer, SessionsUnderTest } from '../testing/test-sessions'

const minuteMs = 60_000

onDatabases('claiming a seat', (open: OpenSessions) => {
  it('[I2] gives the seat back once the game master approves: uuid and history stay, old devices end', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await under.ask('POST', '/api/dice/roll', {
      token: player.accessToken,
      body: { expression: '1d20', visibility: 'self', label: 'mine' },
    })
    const before = await viewOf(under, player)
    const { claimId, claimSecret, expiresIn } = await claimed(under, gm, ' тОРИН ')
    expect(expiresIn).toBe(600)
    expect(await pending(under, claimId, claimSecret)).toBe(600)
    expect(await opens(under, player)).toBe(allOpen)
    expect((await answer(under, gm, `${claimId}/approve`)).status).toBe(204)
    expect(await opens(under, player)).toBe(allOpen)
    const collected = await collect(under, claimId, claimSecret)
    expect([collected.status, collected.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const back: Grant = collected.json
    expect([back.session, back.player]).toEqual([player.session, player.player])
    expect(Object.keys(back).sort()).toEqual(Object.keys(player).sort())
    expect(await opens(under, player)).toBe(allShut)
    expect(await opens(under, back)).toBe(allOpen)
    const after = await viewOf(under, back)
    expect(after.state).toEqual(before.state)
    expect(JSON.stringify(after.state)).toContain('mine')
    expect(problemOf(await recover(under, player.recoveryKey))).toBe('401 recovery-failed')
    expect((await recover(under, back.recoveryKey)).json.player.uuid).toBe(player.player.uuid)
  })

  it('[I2] gives nobody a seat without approval', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const claim = await claimed(under, gm)
    const rival = await claimed(under, gm)
    const stranger = await joinTable(under, gm.session.code, 'Lia')
    for (const who of [player, stranger]) {
      for (const path of [`${claim.claimId}/approve`, `${claim.claimId}/decline`])
        expect(problemOf(await answer(under, who, path))).toBe('403 not-allowed')
    }
    for (const path of [`${claim.claimId}/approve`, `${claim.claimId}/decline`])
      expect(problemOf(await under.ask('POST', `/api/session/claims/${path}`))).toBe('401 token-invalid')
    const other = await openTable(under)
    expect(problemOf(await answer(under, other, `${claim.claimId}/approve`))).toBe('404 not-found')
    await answer(under, gm, `${claim.claimId}/approve`)
    const wrong = ['', rival.claimSecret, claim.claimId, player.player.uuid, crypto.randomUUID()]
    for (const secret of wrong)
      expect(problemOf(await collect(under, claim.claimId, secret))).toBe('404 not-found')
    expect(problemOf(await collect(under, rival.claimId, claim.claimSecret))).toBe('404 not-found')
    expect(await opens(under, player)).toBe(allOpen)
  })

  it('declines a claim, and every other one to a seat that was given away', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const [no, yes, rival] = [await claimed(under, gm), await claimed(under, gm), await claimed(under, gm)]
    expect((await answer(under, gm, `${no.claimId}/decline`)).status).toBe(204)
    expect(problemOf(await collect(under, no.claimId, no.claimSecret))).toBe('403 claim-declined')
    expect((await answer(under, gm, `${yes.claimId}/approve`)).status).toBe(204)
    expect(problemOf(await collect(under, rival.claimId, rival.claimSecret))).toBe('403 claim-declined')
    for (const { claimId } of [no, yes, rival]) {
      for (const said of ['approve', 'decline'])
        expect(problemOf(await answer(under, gm, `${claimId}/${said}`))).toBe('404 not-found')
    }
    expect(await opens(under, player)).toBe(allOpen)
  })

  it('ends a claim after ten minutes without an answer, and ten minutes after a yes', async () => {
    const { under, gm } = await tableOfTwo(open)
    const [late, good] = [await claimed(under, gm), await claimed(under, gm)]
    under.advance(10 * minuteMs - 1)
    expect(await pending(under, late.claimId, late.claimSecret)).toBe(1)
    expect((await answer(under, gm, `${good.claimId}/approve`)).status).toBe(204)
    const lone = await claimed(under, gm)
    under.advance(10 * minuteMs - 1)
    expect((await collect(under, good.claimId, good.claimSecret)).status).toBe(200)
    under.advance(1)
    for (const { claimId, claimSecret } of [good, lone, late])
      expect(problemOf(await collect(under, claimId, claimSecret))).toBe('404 not-found')
    expect(problemOf(await answer(under, gm, `${lone.claimId}/approve`))).toBe('404 not-found')
  })

  it('answers the same seat again after a lost answer, and each answer ends the one before', async () => {
    const { under, gm } = await tableOfTwo(open)
    const { claimId, claimSecret } = await claimed(under, gm)
    await answer(under, gm, `${claimId}/approve`)
    const lost: Grant = (await collect(under, claimId, claimSecret)).json
    const back: Grant = (await collect(under, claimId, claimSecret)).json
    expect(await opens(under, lost)).toBe(allShut)
    expect(await opens(under, back)).toBe(allOpen)
  })

  it('is worth nothing any more when the player comes back by themselves', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const { claimId, claimSecret } = await claimed(under, gm)
    await answer(under, gm, `${claimId}/approve`)
    const back: Grant = (await recover(under, player.recoveryKey)).json
    expect(problemOf(await collect(under, claimId, claimSecret))).toBe('404 not-found')
    expect(await opens(under, back)).toBe(allOpen)
  })

  it('is for the seats of players, under the code and the name that they joined with', async () => {
    const { under, gm } = await tableOfTwo(open)
    const claim = (code: string, name: string): Promise<Answer> =>
      under.ask('POST', '/api/session/claims', { body: { code, name } })
    const { code } = gm.session
    expect(problemOf(await claim('ZZZZZZZZ', 'Торин'))).toBe('404 session-not-found')
    expect(problemOf(await claim(code, 'Балин'))).toBe('404 not-found')
    expect(problemOf(await claim(code, 'admin'))).toBe('400 name-refused')
    expect(problemOf(await claim(code, 'Mira'))).toBe('403 not-allowed')
    expect(problemOf(await claim(code, ''))).toBe('400 name-refused')
    expect((await listed(under, gm)).claims).toEqual([])
  })

  it('needs no open door: a table that takes no new players takes claims', async () => {
    const { under, gm } = await tableOfTwo(open)
    await under.ask('PATCH', '/api/session', { token: gm.accessToken, body: { joinable: false } })
    await claimed(under, gm)
  })
})

onDatabases('claims as the game master sees them', (open: OpenSessions) => {
  it('are listed while they are open, with the seat that they are to', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const start = under.now()
    const first = await claimed(under, gm, 'торин')
    under.advance(minuteMs)
    const second = await claimed(under, gm)
    const { claims } = await listed(under, gm)
    const { uuid, name } = player.player
    expect(claims).toEqual([
      {
        id: first.claimId,
        name: 'торин',
        player: { uuid, name },
        createdAt: start,
        expiresAt: start + 10 * minuteMs,
      },
      expect.objectContaining({ id: second.claimId, player: { uuid, name } }),
    ])
    expect(JSON.stringify(claims)).not.toContain(first.claimSecret)
    await answer(under, gm, `${first.claimId}/decline`)
    expect((await listed(under, gm)).claims.map(({ id }) => id)).toEqual([second.claimId])
    const refused = await under.ask('GET', '/api/session/claims', { token: player.accessToken })
    expect(problemOf(refused)).toBe('403 not-allowed')
  })

  it('are told live, to the game master alone: made, answered, given up', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const [no, yes, rival] = [await claimed(under, gm), await claimed(under, gm), await claimed(under, gm)]
    await answer(under, gm, `${no.claimId}/decline`)
    await answer(under, gm, `${yes.claimId}/approve`)
    const late = await claimed(under, gm)
    under.advance(10 * minuteMs)
    await under.sessions.tidy()
    await under.sessions.tidy()
    const told = (who: Grant) =>
      historyOf(under, who).then((events) => events.filter(([name]) => name === 'seat.claimed'))
    const news = (claim: Made, state: string) => ({
      id: claim.claimId,
      name: 'Торин',
      uuid: player.player.uuid,
      state,
    })
    expect((await told(gm)).map(([, payload]) => payload)).toEqual([
      news(late, 'expired'),
      news(late, 'open'),
      news(rival, 'declined'),
      news(yes, 'approved'),
      news(no, 'declined'),
      news(rival, 'open'),
      news(yes, 'open'),
      news(no, 'open'),
    ])
    expect(await told(player)).toEqual([])
  })

  it('end with the seat: one that is kicked is given to nobody', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const [first, approved] = [await claimed(under, gm), await claimed(under, gm)]
    await answer(under, gm, `${approved.claimId}/approve`)
    const third = await claimed(under, gm)
    await under.ask('DELETE', `/api/session/players/${player.player.uuid}`, { token: gm.accessToken })
    for (const { claimId, claimSecret } of [first, approved, third])
      expect(problemOf(await collect(under, claimId, claimSecret))).toBe('404 not-found')
    const [, declined] = (await historyOf(under, gm)).find(([name]) => name === 'seat.claimed') ?? []
    expect(declined).toMatchObject({ id: third.claimId, state: 'declined' })
  })
})

onDatabases('the limits of claims', (open: OpenSessions) => {
  it('count claims by address and by table, and wrong codes as joining does', async () => {
    const budgets = {
      claim: { points: 3, seconds: 60 },
      claimPerTable: { points: 4, seconds: 60 },
      wrongCode: { points: 2, seconds: 60 },
    }
    const { under, gm } = await tableOfTwo(() => open({ budgets }))
    const claim = (ip: string, code: string = gm.session.code): Promise<Answer> =>
      under.ask('POST', '/api/session/claims', { body: { code, name: 'Торин' }, ip })
    for (const status of [201, 201, 201, 429]) expect((await claim('203.0.113.1')).status).toBe(status)
    for (const status of [201, 429]) expect((await claim('203.0.113.2')).status).toBe(status)
    for (const status of [404, 404, 429]) expect((await claim('203.0.113.3', 'ZZZZZZZZ')).status).toBe(status)
  })

  it('count questions for the answer by address', async () => {
    const { under, gm } = await tableOfTwo(() =>
      open({ budgets: { claimAnswer: { points: 2, seconds: 60 } } }),
    )
    const { claimId, claimSecret } = await claimed(under, gm)
    for (const status of [202, 202, 429])
      expect((await collect(under, claimId, claimSecret)).status).toBe(status)
    expect((await collect(under, claimId, claimSecret, '198.51.100.9')).status).toBe(202)
  })
})

interface Made {
  readonly claimId: string
  readonly claimSecret: string
  readonly expiresIn: number
}

async function tableOfTwo(open: OpenSessions) {
  const under = await open()
  const gm = await openTable(under)
  return { under, gm, player: await joinTable(under, gm.session.code, 'Торин') }
}

async function claimed(under: SessionsUnderTest, { session }: Grant, name = 'Торин'): Promise<Made> {
  const made = await under.ask('POST', '/api/session/claims', { body: { code: session.code, name } })
  expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store'])
  return made.json
}

/** @returns the seconds that are left for an answer */
async function pending(under: SessionsUnderTest, id: string, secret: string): Promise<number> {
  const { status, json } = await collect(under, id, secret)
  expect([status, json.state]).toEqual([202, 'pending'])
  return json.expiresIn
}

function collect(
  under: SessionsUnderTest,
  id: string,
  ...[claimSecret, ip = '203.0.113.7']: readonly [string, string?]
): Promise<Answer> {
  return under.ask('POST', `/api/session/claims/${id}`, { body: { claimSecret }, ip })
}

function answer(under: SessionsUnderTest, { accessToken: token }: Grant, path: string): Promise<Answer> {
  return under.ask('POST', `/api/session/claims/${path}`, { token })
}

async function listed(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
): Promise<{ readonly claims: readonly { readonly id: string }[] }> {
  const { status, json } = await under.ask('GET', '/api/session/claims', { token })
  expect(status).toBe(200)
  return json
}

function recover(under: SessionsUnderTest, recoveryKey: string): Promise<Answer> {
  return under.ask('POST', '/api/session/recover', { body: { recoveryKey } })
}
