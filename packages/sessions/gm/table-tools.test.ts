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

const dayMs = 86_400_000

onDatabases('changing the table', (open: OpenSessions) => {
  it('gives it another name, language and edition, which everyone sees at once', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const body = { name: ' Icespire  Peak ', language: 'ru', edition: '2024' }
    const answer = await edit(under, gm, body)
    expect(answer.status).toBe(200)
    const changed = { name: 'Icespire Peak', language: 'ru', edition: '2024' }
    expect(answer.json.session).toEqual({ ...gm.session, ...changed })
    const seen = await viewOf(under, player)
    expect(seen.session).toEqual(answer.json.session)
    expect(seen.state).toMatchObject(changed)
    expect((await join(under, gm.session.code, 'Lia')).json.session).toEqual(answer.json.session)
  })

  it('changes what is named and leaves the rest, and says nothing where nothing changes', async () => {
    const { under, gm } = await tableOfTwo(open)
    expect((await edit(under, gm, { edition: '2024' })).json.session).toEqual({
      ...gm.session,
      edition: '2024',
    })
    for (const same of [{}, { edition: '2024' }, { name: 'Phandalin' }])
      expect((await edit(under, gm, same)).status).toBe(200)
    const edits = (await historyOf(under, gm)).filter(([name]) => name === 'table.edited')
    expect(edits).toHaveLength(1)
  })

  it('gives it house rules, of which those that are not named stay', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await edit(under, gm, { houseRules: { halfPoints: 'up' } })
    await edit(under, gm, { houseRules: { harmlessHitAsksConcentration: true, halfPoints: 'up' } })
    expect((await viewOf(under, player)).state).toMatchObject({
      houseRules: {
        halfPoints: 'up',
        absorbedHitFailsDeathSave: true,
        absorbedHitAsksConcentration: true,
        harmlessHitAsksConcentration: true,
      },
    })
    expect(problemOf(await edit(under, gm, { houseRules: { halfPoints: 'away' } }))).toBe(
      '400 validation-failed',
    )
  })

  it('makes up for a change that reached the seats and not the room', async () => {
    const { under, gm } = await tableOfTwo(open)
    await under.stores.book.edit(gm.session.id, { name: 'Icespire' })
    expect((await viewOf(under, gm)).state.name).toBe('Phandalin')
    await edit(under, gm, {})
    expect((await viewOf(under, gm)).state.name).toBe('Icespire')
  })

  it('refuses what a table cannot be, and everyone but the game master', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const refusals: readonly [object, string][] = [
      [{ name: '' }, '400 name-refused'],
      [{ name: 'x'.repeat(61) }, '400 name-refused'],
      [{ name: 7 }, '400 validation-failed'],
      [{ language: 'de' }, '400 validation-failed'],
      [{ edition: '2030' }, '400 validation-failed'],
      [{ joinable: 'no' }, '400 validation-failed'],
      [{ code: 'ABCDEFGH' }, '400 validation-failed'],
    ]
    for (const [body, problem] of refusals) expect(problemOf(await edit(under, gm, body))).toBe(problem)
    expect(problemOf(await edit(under, player, { name: 'Mine' }))).toBe('403 not-allowed')
    expect((await viewOf(under, gm)).session).toEqual(gm.session)
  })

  it('closes it to new players, and to nobody who has a seat', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    expect((await edit(under, gm, { joinable: false })).json.session.joinable).toBe(false)
    expect(problemOf(await join(under, gm.session.code, 'Lia'))).toBe('403 not-joinable')
    expect(await opens(under, player)).toBe(allOpen)
    const body = { recoveryKey: player.recoveryKey }
    expect((await under.ask('POST', '/api/session/recover', { body })).status).toBe(200)
    await edit(under, gm, { joinable: true })
    expect((await join(under, gm.session.code, 'Lia')).status).toBe(200)
  })
})

onDatabases('a new join code', (open: OpenSessions) => {
  it('opens the table in place of the old one', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const answer = await under.ask('POST', '/api/session/join-code', { token: gm.accessToken })
    expect(answer.status).toBe(200)
    const { code } = answer.json
    expect(code).toMatch(/^[A-Z2-9]{8}$/)
    expect(code).not.toBe(gm.session.code)
    expect(problemOf(await join(under, gm.session.code, 'Lia'))).toBe('404 session-not-found')
    expect((await join(under, code, 'Lia')).status).toBe(200)
    expect((await viewOf(under, player)).session.code).toBe(code)
    const refused = await under.ask('POST', '/api/session/join-code', { token: player.accessToken })
    expect(problemOf(refused)).toBe('403 not-allowed')
  })
})

onDatabases('closing the table', (open: OpenSessions) => {
  it('ends every token and key, frees the code, and takes the room away', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const code = (await under.ask('POST', '/api/session/devices', { token: player.accessToken })).json
    const claim = await under.ask('POST', '/api/session/claims', {
      body: { code: gm.session.code, name: 'Torin' },
    })
    expect(problemOf(await close(under, player))).toBe('403 not-allowed')
    expect((await close(under, gm)).status).toBe(204)
    for (const grant of [gm, player]) {
      expect(await opens(under, grant)).toBe('401 401 4404')
      const body = { recoveryKey: grant.recoveryKey }
      const recovered = await under.ask('POST', '/api/session/recover', { body })
      expect(problemOf(recovered)).toBe('401 recovery-failed')
    }
    expect(problemOf(await under.ask('POST', '/api/session/pair', { body: code }))).toBe(
      '400 validation-failed',
    )
    const paired = await under.ask('POST', '/api/session/pair', { body: { code: code.code } })
    expect(problemOf(paired)).toBe('401 pairing-failed')
    const { claimId, claimSecret } = claim.json
    const collected = await under.ask('POST', `/api/session/claims/${claimId}`, { body: { claimSecret } })
    expect(problemOf(collected)).toBe('403 claim-declined')
    expect(problemOf(await join(under, gm.session.code, 'Lia'))).toBe('404 session-not-found')
    expect(await under.rooms.find(gm.session.id)).toBeUndefined()
    expect(problemOf(await close(under, gm))).toBe('401 token-invalid')
  })

  it('that a dying server left half done is finished by itself', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    await under.stores.book.close(gm.session.id, under.now())
    await under.sessions.tidy()
    expect(await under.rooms.find(gm.session.id)).toBeDefined()
    under.advance(60_001)
    await under.sessions.tidy()
    expect(await under.rooms.find(gm.session.id)).toBeUndefined()
    for (const grant of [gm, player]) expect(await opens(under, grant)).toBe('401 401 4404')
  })

  it('forgets the table after thirty days, with whoever sat there', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const other = await openTable(under)
    await close(under, gm)
    under.advance(30 * dayMs)
    await under.sessions.tidy()
    expect(await under.sessions.channelDoor.open(player.token, undefined)).toMatchObject({ turned: 4404 })
    under.advance(1)
    await under.sessions.tidy()
    expect(await under.sessions.channelDoor.open(player.token, undefined)).toMatchObject({ turned: 4401 })
    expect(await under.stores.seats.list(gm.session.id)).toEqual([])
    expect(await under.stores.seats.list(other.session.id)).toHaveLength(1)
  })

  it('leaves the other tables alone', async () => {
    const { under, gm } = await tableOfTwo(open)
    const other = await openTable(under)
    await close(under, gm)
    expect(await opens(under, other)).toBe(allOpen)
    expect(await opens(under, gm)).not.toBe(allShut)
  })
})

async function tableOfTwo(open: OpenSessions) {
  const under = await open()
  const gm = await openTable(under)
  return { under, gm, player: await joinTable(under, gm.session.code, 'Torin') }
}

function edit(under: SessionsUnderTest, { accessToken: token }: Grant, body: object): Promise<Answer> {
  return under.ask('PATCH', '/api/session', { token, body })
}

function close(under: SessionsUnderTest, { accessToken: token }: Grant): Promise<Answer> {
  return under.ask('DELETE', '/api/session', { token })
}

function join(under: SessionsUnderTest, code: string, name: string): Promise<Answer> {
  return under.ask('POST', '/api/session/join', { body: { code, name } })
}
