import { expect, it } from 'bun:test'
import { fairnessDocument, type FairnessDocument } from '@innkeeper/tabletop/dice/fairness-document'
import { verifyRolls, type FairnessReport } from '@innkeeper/tabletop/dice/verify-rolls'
import { onDatabases, type OpenSessions } from '../../testing/on-databases'
import { fetched, playedTable, type PlayedTable } from '../../testing/played-table'
import { problemOf, type Grant } from '../../testing/table'
import type { SessionsUnderTest } from '../../testing/test-sessions'

const path = '/api/dice/fairness'
const freely = { roll: { points: 10_000, seconds: 60 } }

async function proof(under: SessionsUnderTest, who: Grant, query = ''): Promise<FairnessDocument> {
  return fairnessDocument.parse((await fetched(under, who, path + query)).json)
}

async function reseed(under: SessionsUnderTest, { gm }: PlayedTable, body?: unknown): Promise<void> {
  const answer = await under.ask('POST', '/api/dice/reseed', {
    token: gm.accessToken,
    ...(body === undefined ? {} : { body }),
  })
  expect(answer.status).toBe(200)
}

/** Two hundred rolls in every visibility by everyone, and dice that the fight draws in between. */
async function rolled(under: SessionsUnderTest): Promise<PlayedTable> {
  const table = await playedTable(under)
  const seats = [table.gm, table.ana, table.boris]
  const visibilities = ['public', 'gm', 'self', 'blind']
  const expressions = ['d20', '4d6kh3', '3d6!', '2x4dF', '{2d8,3d6}kh1', '2d10ro1+d%']
  for (let count = 0; count < 200; count += 1) {
    const body = {
      expression: expressions[count % 6],
      visibility: visibilities[count % 4],
      nonce: `n-${count}`,
    }
    const { accessToken: token } = seats[count % 3] ?? table.gm
    expect((await under.ask('POST', '/api/dice/roll', { token, body })).status).toBe(200)
    if (count % 20 === 0)
      await under.ask('POST', '/api/combat/initiative', {
        token: table.gm.accessToken,
        body: { how: 'roll' },
      })
  }
  return table
}

function verdicts({ rolls }: FairnessReport): readonly string[] {
  return [...new Set(rolls.map(({ verdict }) => verdict))]
}

onDatabases('what it takes to verify the dice', (open: OpenSessions) => {
  it('is a commitment while the seed is in use', async () => {
    const under = await open()
    const { gm, ana } = await playedTable(under)
    const document = await proof(under, ana)
    expect(document.seeds).toEqual([{ number: 1, commit: document.seeds[0]?.commit ?? '' }])
    expect(document.rolls.length).toBeGreaterThan(3)
    expect(verdicts(verifyRolls(document))).toEqual(['not-revealed'])
    expect((await proof(under, gm)).seeds).toEqual(document.seeds)
  })

  it('is enough to roll everything again once the seed is public: nothing that anyone saw was made up', async () => {
    const under = await open({ budgets: freely })
    const table = await rolled(under)
    await reseed(under, table)
    const forGm = await proof(under, table.gm)
    expect(forGm.seeds.map(({ number, seed }) => [number, seed?.length])).toEqual([
      [1, 64],
      [2, undefined],
    ])
    const report = verifyRolls(forGm)
    expect(verdicts(report)).toEqual(['ok'])
    expect(report.repeated).toEqual([])
    expect(forGm.rolls.filter((roll) => 'sides' in roll).length).toBeGreaterThan(0)
    // All but what players rolled for themselves.
    const missing = report.missing.reduce((count, { from, to }) => count + to - from + 1, 0)
    expect(missing).toBe(2 + 200 / 4 - Math.ceil(200 / 12))
    expect(forGm.rolls.length + missing).toBe(forGm.seeds[0]?.rolls ?? 0)
    const forAna = await proof(under, table.ana)
    expect(forAna.rolls.length).toBeLessThan(forGm.rolls.length)
    expect(verdicts(verifyRolls(forAna))).toEqual(['ok'])
    expect(forAna.seeds).toEqual(forGm.seeds)
  })

  it('shows which roll was tampered with, down to one bit', async () => {
    const under = await open()
    const table = await playedTable(under)
    await reseed(under, table)
    const document = await proof(under, table.gm)
    for (const [index, entry] of document.rolls.entries()) {
      const [first = 0, ...rest] = entry.faces
      const rolls = document.rolls.with(index, { ...entry, faces: [first ^ 1, ...rest] })
      const bad = verifyRolls({ ...document, rolls }).rolls.filter(({ verdict }) => verdict !== 'ok')
      expect(bad).toMatchObject([{ seed: 1, roll: entry.roll, verdict: 'mismatch' }])
    }
    const seeds = document.seeds.map((seed) => ({
      ...seed,
      commit: seed.commit.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    }))
    expect(verdicts(verifyRolls({ ...document, seeds }))).toEqual(['bad-commitment'])
  })

  it('has what the GM kept secret only where the GM has disclosed it, and never what is somebody’s own', async () => {
    const under = await open()
    const table = await playedTable(under)
    await reseed(under, table)
    const kept = await proof(under, table.ana)
    await reseed(under, table)
    for (const visibility of ['gm', 'self', 'blind'])
      await under.ask('POST', '/api/dice/roll', {
        token: table.gm.accessToken,
        body: { expression: '7d7', visibility },
      })
    await under.ask('POST', '/api/combat/next', { token: table.gm.accessToken, body: {} })
    expect((await proof(under, table.ana, '?seed=3')).rolls).toEqual([])
    await reseed(under, table, { disclose: true })
    for (const who of [table.ana, table.boris, table.gm]) {
      const document = await proof(under, who, '?seed=3')
      expect(verdicts(verifyRolls(document))).toEqual(['ok'])
      const shown = document.rolls.filter((roll) => 'expression' in roll && roll.expression === '7d7')
      expect(shown.map(({ roll }) => roll)).toEqual(who === table.gm ? [1, 2, 3] : [1, 3])
    }
    // The one before was revealed, and no more than that.
    expect((await proof(under, table.ana, '?seed=1')).rolls).toEqual(kept.rolls)
    const log = await fetched(under, table.ana, '/api/session/log.md?language=en')
    expect(log.text).toContain('The dice have a new seed, number 2\n')
    expect(log.text).toContain(
      'The dice have a new seed, number 4; the secret rolls of the one before are open',
    )
  })

  it('is of the newest seed that is public, unless another is asked for', async () => {
    const under = await open()
    const table = await playedTable(under)
    const numbers = async (query = '') => [
      ...new Set((await proof(under, table.gm, query)).rolls.map(({ seed }) => seed)),
    ]
    expect(await numbers()).toEqual([1])
    await reseed(under, table)
    await under.ask('POST', '/api/dice/roll', {
      token: table.gm.accessToken,
      body: { expression: 'd20', visibility: 'public' },
    })
    expect(await numbers()).toEqual([1])
    expect(await numbers('?seed=2')).toEqual([2])
    await reseed(under, table)
    expect(await numbers()).toEqual([2])
    expect(problemOf(await fetched(under, table.gm, `${path}?seed=9`))).toBe('404 not-found')
    expect(problemOf(await fetched(under, table.gm, `${path}?seed=x`))).toBe('400 validation-failed')
    expect(problemOf(await under.ask('GET', path))).toBe('401 token-invalid')
  })

  it('goes back from any place', async () => {
    const under = await open()
    const table = await playedTable(under)
    const all = (await proof(under, table.gm)).rolls
    const history = (await fetched(under, table.gm, '/api/dice/history')).json.rolls
    const { seq, roll } = history[2]
    const older = (await proof(under, table.gm, `?before=${seq}`)).rolls
    expect(older).toEqual(all.filter((entry) => entry.roll < roll.fair.roll))
  })

  it('comes page by page, and no roll is lost between two pages', async () => {
    const under = await open()
    const table = await playedTable(under)
    const all = (await proof(under, table.gm)).rolls
    const paged: FairnessDocument['rolls'] = []
    let next: string | undefined = `${path}?limit=3`
    while (next !== undefined) {
      const { json, headers } = await fetched(under, table.gm, next)
      const { rolls } = fairnessDocument.parse(json)
      expect(rolls.length).toBeLessThanOrEqual(3)
      paged.unshift(...rolls)
      next = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1]
    }
    expect(paged).toEqual(all)
    expect(problemOf(await fetched(under, table.gm, `${path}?limit=2001`))).toBe('400 validation-failed')
  })

  it('does not take dice of an imported table for its own', async () => {
    const under = await open()
    const { gm } = await playedTable(under)
    const { json: document } = await fetched(under, gm, '/api/session/export')
    const { json: grant } = await under.ask('POST', '/api/session/import', { body: { document } })
    expect((await proof(under, grant)).rolls).toEqual([])
  })
})
