import { expect, it } from 'bun:test'
import type { Answer, SessionsUnderTest } from '../testing/test-sessions'
import { onDatabases, type OpenSessions } from '../testing/on-databases'
import { joinTable, openTable, problemOf, type Grant } from '../testing/table'

onDatabases('dice by REST', (open: OpenSessions) => {
  it('answers the roll with its place in the history', async () => {
    const { under, player } = await tableOfTwo(open)
    const answer = await roll(under, player, { expression: '2d20kh1+5', label: 'Attack' })
    expect(answer.status).toBe(200)
    const { seq, by, at, roll: rolled } = answer.json
    expect([seq, by, at]).toEqual([4, player.player.uuid, under.now()])
    expect(rolled).toMatchObject({ visibility: 'public', expression: '2d20kh1+5', label: 'Attack' })
    expect(rolled.result.total).toBeGreaterThanOrEqual(6)
    expect(rolled.result.total).toBeLessThanOrEqual(25)
  })

  it('applies a repetition with the same Idempotency-Key once', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const headers = { 'idempotency-key': 'tap-1' }
    const race = await Promise.all([1, 2, 3].map(() => roll(under, player, { headers })))
    expect(new Set(race.map((answer) => answer.text)).size).toBe(1)
    const other = await roll(under, gm, { headers })
    expect(other.json.seq).toBe(5)
    for (const key of ['x'.repeat(65), 'a b', 'é']) {
      const refused = await roll(under, player, { headers: { 'idempotency-key': key } })
      expect(problemOf(refused)).toBe('400 validation-failed')
    }
    expect((await roll(under, player, { headers: { 'idempotency-key': 'x'.repeat(64) } })).status).toBe(200)
  })

  it('rolls as often per seat as the budget says, and no seat at the cost of another', async () => {
    const under = await open({ budgets: { roll: { points: 2, seconds: 60 } } })
    const gm = await openTable(under)
    const player = await joinTable(under, gm.session.code, 'Torin')
    for (const status of [200, 200, 429]) expect((await roll(under, player, {})).status).toBe(status)
    expect((await roll(under, gm, {})).status).toBe(200)
  })

  it('refuses what cannot be rolled', async () => {
    const { under, player } = await tableOfTwo(open)
    for (const expression of [
      '999999d999999',
      '1d0',
      '4d6kh5',
      '1d20 attack',
      '1d6!>0',
      '',
      '1d6+'.repeat(5_000),
    ]) {
      expect(problemOf(await roll(under, player, { expression }))).toBe('400 dice-refused')
    }
    for (const visibility of ['everyone', '']) {
      expect(problemOf(await roll(under, player, { visibility }))).toBe('400 validation-failed')
    }
    expect((await history(under, player)).json).toEqual({ rolls: [] })
  })

  it('shows everyone the rolls that they may see, and no byte of the others', async () => {
    const { under, gm, player } = await tableOfTwo(open)
    const other = await joinTable(under, gm.session.code, 'Lia')
    for (const visibility of ['public', 'gm', 'self', 'blind']) {
      await roll(under, player, { visibility, label: `${visibility}-of-player` })
      await roll(under, gm, { visibility, label: `${visibility}-of-gm` })
    }
    const seen = async (who: Grant): Promise<readonly string[]> =>
      [...(await history(under, who)).text.matchAll(/(?:public|gm|self|blind)-of-(?:gm|player)/g)].map(
        ([label]) => label,
      )
    expect(await seen(other)).toEqual(['public-of-gm', 'public-of-player'])
    expect(await seen(player)).toEqual([
      'blind-of-player',
      'self-of-player',
      'gm-of-player',
      'public-of-gm',
      'public-of-player',
    ])
    expect(await seen(gm)).toHaveLength(7)
    const [blind] = (await history(under, player)).json.rolls
    expect(blind.roll).toEqual({
      visibility: 'blind',
      expression: '1d20',
      label: 'blind-of-player',
      concealed: true,
    })
  })

  it('pages through the history, newest first', async () => {
    const { under, player } = await tableOfTwo(open)
    for (const label of ['a', 'b', 'c', 'd', 'e']) await roll(under, player, { label })
    const first = (await history(under, player, '?limit=2')).json
    const second = (await history(under, player, `?limit=2&before=${first.before}`)).json
    const third = (await history(under, player, `?limit=2&before=${second.before}`)).json
    expect([first, second, third].map(labelsOf)).toEqual(['ed', 'cb', 'a'])
    expect(third.before).toBeUndefined()
    for (const query of ['?limit=0', '?limit=101', '?before=0', '?before=x']) {
      expect(problemOf(await history(under, player, query))).toBe('400 validation-failed')
    }
  })
})

interface HistoryAnswer {
  readonly rolls: readonly { readonly roll: { readonly label?: string } }[]
}

function labelsOf({ rolls }: HistoryAnswer): string {
  return rolls.map(({ roll: { label } }) => label).join('')
}

interface TableOfTwo {
  readonly under: SessionsUnderTest
  readonly gm: Grant
  readonly player: Grant
}

async function tableOfTwo(open: OpenSessions): Promise<TableOfTwo> {
  const under = await open()
  const gm = await openTable(under)
  return { under, gm, player: await joinTable(under, gm.session.code, 'Torin') }
}

interface Roll {
  readonly expression?: string
  readonly visibility?: string
  readonly label?: string
  readonly headers?: Readonly<Record<string, string>>
}

function roll(
  under: SessionsUnderTest,
  { accessToken: token }: Grant,
  { headers = {}, ...rest }: Roll,
): Promise<Answer> {
  const body = { expression: '1d20', visibility: 'public', ...rest }
  return under.ask('POST', '/api/dice/roll', { token, headers, body })
}

function history(under: SessionsUnderTest, { accessToken: token }: Grant, query = ''): Promise<Answer> {
  return under.ask('GET', `/api/dice/history${query}`, { token })
}
