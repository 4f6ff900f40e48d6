import { afterAll, beforeAll, describe, expect, it, setDefaultTimeout } from 'bun:test'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTablesDesk, type Seat, type TablesDesk } from '../seats/at-the-table'
import type { RawSocket } from '../support/raw-socket'
import { bun, spawnServer, type SpawnedServer } from '../support/spawn-server'
import { until } from '../support/until'

setDefaultTimeout(120_000)

/** Stands in everything that the GM hides: a byte of it with a player is a leak. */
const secret = 'XYZZYQ'
const names = ['Ana', 'Boris', 'Chiara', 'Dmitri', 'Élise', 'Fábio']

/** A row of the fight, as far as this evening looks at it. */
interface Row {
  readonly id: string
  readonly name: string
  readonly vitals: {
    readonly hitPoints: { readonly now: number } | null
    readonly concentrationChecks: readonly { readonly id: string }[]
  } | null
}

/** Everything that was sent to players, whatever the way. */
const sentToPlayers: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'innkeeper-evening-'))
const sockets = new Map<Seat, RawSocket>()

describe('an evening of a game master and six players', () => {
  let server: SpawnedServer
  let tables: TablesDesk
  let gm: Seat
  let players: readonly Seat[] = []
  let heroes: readonly string[] = []

  beforeAll(async () => {
    server = await start()
    tables = createTablesDesk(server)
    gm = await tables.open()
    players = await Promise.all(names.map((name) => tables.join(gm, name)))
    for (const seat of [gm, ...players]) sockets.set(seat, await tables.channel(seat))
  })

  afterAll(async () => {
    server.signal('SIGTERM')
    await server.exited
    rmSync(folder, { recursive: true, force: true })
  })

  /** As a player, keeping every byte of the answer. */
  async function asks(seat: Seat, line: string, body?: object) {
    const answer = await tables.ask(seat, line, body === undefined ? {} : { body })
    if (seat !== gm) sentToPlayers.push(answer.text, JSON.stringify([...answer.headers]))
    return answer
  }

  const does = (line: string, body: object = {}) => tables.done(gm, line, { body })
  const fight = async (seat: Seat = gm) => (await asks(seat, 'GET /api/combat')).json
  const stateOf = async (seat: Seat) => (await asks(seat, 'GET /api/session')).json

  it('players make their characters, each their own', async () => {
    const made = await Promise.all(
      players.map((seat, index) =>
        asks(seat, 'POST /api/characters', { name: names[index], sheet: { maxHitPoints: 24 + index } }),
      ),
    )
    expect(made.map(({ status }) => status)).toEqual(names.map(() => 201))
    heroes = made.map(({ json }) => String(json.character.id))
    const [ana = gm, boris = gm] = players
    const stolen = await asks(boris, `PATCH /api/characters/${heroes[0]}`, {
      revision: 99,
      changes: { name: 'Mine' },
    })
    expect([stolen.status, stolen.json.type]).toEqual([403, '/problems/not-allowed'])
    const { revision } = (await asks(ana, `GET /api/characters/${heroes[0]}`)).json
    const edited = await asks(ana, `PATCH /api/characters/${heroes[0]}`, {
      revision,
      changes: { summary: 'Half-elf bard 3' },
    })
    expect([edited.status, edited.json.character.summary]).toEqual([200, 'Half-elf bard 3'])
    await does(`PATCH /api/characters/${heroes[0]}`, {
      revision: edited.json.revision,
      changes: { gmNotes: `${secret}: heir to the throne` },
    })
    const stale = await asks(ana, `PATCH /api/characters/${heroes[0]}`, {
      revision,
      changes: { summary: 'Elf' },
    })
    expect([stale.status, stale.json.type, stale.json.changed]).toEqual([
      409,
      '/problems/stale-edit',
      ['summary'],
    ])
  })

  it('a character that is called like a built-in property is not there', async () => {
    const [ana = gm] = players
    for (const id of ['constructor', '__proto__', 'toString'])
      for (const path of [`/api/characters/${id}`, `/api/characters/${id}/export`])
        expect([path, (await asks(ana, `GET ${path}`)).status]).toEqual([path, 404])
  })

  it('a fight begins, with an ambush that nobody knows of', async () => {
    const added = await does('POST /api/combat/combatants', {
      combatants: [
        ...heroes.map((id) => ({ kind: 'character', id })),
        { kind: 'monster', monster: 'goblin', count: 4 },
        {
          kind: 'monster',
          monster: 'lich',
          name: `${secret} the lich`,
          alias: 'A robed figure',
          hpShown: 'label',
        },
        {
          kind: 'custom',
          stats: {
            name: `${secret} assassin`,
            maxHp: 78,
            legendaryActions: 3,
            recharges: [{ name: `${secret} venom`, from: 5 }],
          },
          isHidden: true,
          count: 2,
        },
      ],
    })
    expect(added.json.combat.combatants).toHaveLength(13)
    await does('POST /api/combat/start', { roll: 'all' })
    const [ana = gm] = players
    expect((await fight()).combat.combatants).toHaveLength(13)
    expect((await fight(ana)).combat.combatants).toHaveLength(11)
  })

  it('rounds go by: damage, conditions, death saves, a player’s own turn, undo', async () => {
    const { combat } = await fight()
    const rows: readonly Row[] = combat.combatants
    const idOf = (name: string) => rows.find((row) => row.name.includes(name))?.id ?? name
    await does('POST /api/combat/damage', {
      targets: [
        { id: idOf('Goblin 1') },
        { id: idOf('Goblin 2'), isHalved: true },
        { id: idOf('assassin A') },
      ],
      amount: '8d6 [fire]',
    })
    await does('POST /api/combat/damage', { targets: [{ id: idOf('the lich') }], amount: 80 })
    await does('POST /api/combat/conditions', {
      targets: [heroes[1]],
      condition: 'poisoned',
      source: idOf('assassin A'),
      until: { moment: 'end', of: idOf('assassin A'), turns: 2 },
    })
    await does('POST /api/combat/concentrate', { id: heroes[2], spell: 'Bless' })
    const hurt = await does('POST /api/combat/damage', { targets: [{ id: heroes[2] }], amount: 22 })
    expect(JSON.stringify(hurt.json.events)).toContain('"dc":11')
    const [, , chiara = gm] = players
    const seen: readonly Row[] = (await fight(chiara)).combat.combatants
    const [check] = seen.find(({ id }) => id === heroes[2])?.vitals?.concentrationChecks ?? []
    expect(
      (await asks(chiara, 'POST /api/combat/concentration-check', { id: heroes[2], check: check?.id }))
        .status,
    ).toBe(200)
    const [ana = gm, boris = gm] = players
    expect((await asks(boris, 'POST /api/combat/heal', { targets: [heroes[0]], amount: 5 })).status).toBe(403)
    expect(
      (await asks(ana, 'POST /api/combat/damage', { targets: [{ id: heroes[0] }], amount: 7 })).status,
    ).toBe(200)
    expect((await asks(ana, 'POST /api/combat/undo', {})).status).toBe(200)
    for (let turn = 0; turn < 20; turn += 1) {
      const now = (await fight()).combat
      const owner = players.find((_, index) => heroes[index] === now.turn)
      if (owner) expect((await asks(owner, 'POST /api/combat/end-turn', {})).status).toBe(200)
      else await does('POST /api/combat/next')
    }
    for (const [index, seat] of players.entries())
      await asks(seat, 'POST /api/dice/roll', {
        expression: 'd20+5',
        visibility: ['public', 'gm', 'blind'][index % 3],
      })
    await does('POST /api/dice/roll', { expression: 'd20', visibility: 'gm', label: `${secret} stealth` })
  })

  it('the server dies in the middle of a round, and everyone goes on where they were', async () => {
    const everyone = [gm, ...players]
    const before = await Promise.all(everyone.map((seat) => stateOf(seat)))
    const seqs = everyone.map((seat) => lastSeq(sockets.get(seat)))
    server.signal('SIGKILL')
    await server.exited.catch(() => {})
    server = await start(server.port)
    tables = createTablesDesk(server)
    const after = await Promise.all(everyone.map((seat) => stateOf(seat)))
    for (const [index] of everyone.entries()) expect(after[index].state).toEqual(before[index].state)
    for (const [index, seat] of everyone.entries())
      sockets.set(seat, await tables.channel(seat, `&since=${seqs[index]}`))
    await does('POST /api/combat/next')
    await until(() => [...sockets.values()].every((socket) => lastSeq(socket) > (before[0].seq as number)), {
      ms: 5_000,
    })
  })

  it('a second tap with the same key applies once, on the socket as by REST', async () => {
    const headers = { 'idempotency-key': 'tap-7' }
    const body = { targets: [{ id: heroes[3] }], amount: 7 }
    const hp = async () => {
      const rows: readonly Row[] = (await fight()).combat.combatants
      return rows.find(({ id }) => id === heroes[3])?.vitals?.hitPoints?.now ?? Number.NaN
    }
    const before = await hp()
    await Promise.all([1, 2, 3].map(() => tables.done(gm, 'POST /api/combat/damage', { body, headers })))
    const socket = sockets.get(gm)
    socket?.command('tap-7', body, 'combat.damage')
    await socket?.next('event', ({ ref }) => ref === 'tap-7')
    expect(await hp()).toBe(before - 7)
  })

  it('the GM sees exactly what a player sees, and undoes the whole fight', async () => {
    const [ana = gm] = players
    const as = (await tables.done(gm, `GET /api/session/as/${ana.player.uuid}`)).json
    expect(as.state).toEqual((await stateOf(ana)).state)
    expect((await asks(ana, `GET /api/session/as/${gm.player.uuid}`)).status).toBe(403)
    const { marks } = (await stateOf(gm)).state
    for (let count = marks.done.length; count > names.length + 2; count -= 1)
      await does('POST /api/combat/undo')
    expect((await fight()).combat).toBeNull()
  })

  it('no byte that a player was sent says what the GM hides, by no way', async () => {
    for (const seat of players) {
      for (const path of [
        '/api/session',
        '/api/session/log?limit=200',
        '/api/session/log.md?language=ru&why=true',
        '/api/characters',
        '/api/combat',
        '/api/dice/history?limit=100',
        '/api/dice/fairness',
        '/api/session/export',
        `/api/characters/${heroes[0]}/export`,
        `/api/session/as/${gm.player.uuid}`,
        '/api/session/claims',
      ])
        await asks(seat, `GET ${path}`)
      for (const [line, body] of [
        ['POST /api/combat/damage', { targets: [{ id: 'nobody' }], amount: 1 }],
        ['POST /api/combat/next', {}],
        ['POST /api/dice/reseed', {}],
        ['POST /api/combat/combatants', { combatants: [] }],
      ] as const)
        expect((await asks(seat, line, body)).status).toBeGreaterThanOrEqual(400)
      sentToPlayers.push(JSON.stringify(sockets.get(seat)?.received))
    }
    expect(sentToPlayers.length).toBeGreaterThan(100)
    for (const bytes of sentToPlayers) expect(bytes).not.toContain(secret)
    expect(server.output()).not.toContain(secret)
    expect(JSON.stringify(sockets.get(gm)?.received)).toContain(secret)
  })

  it('the evening ends: the seed of all its dice is everyone’s, and the table is gone', async () => {
    const [ana = gm] = players
    const { commit } = (await stateOf(ana)).state.dice
    await tables.done(gm, 'DELETE /api/session')
    const socket = sockets.get(ana)
    const seeded = await socket?.next('event', ({ name }) => name === 'dice.seeded')
    const { revealed } = seeded?.payload as { readonly revealed: { readonly seed: string } }
    expect(createHash('sha256').update(Buffer.from(revealed.seed, 'hex')).digest('hex')).toBe(commit)
    await until(() => socket?.end !== undefined, { ms: 5_000 })
    expect(socket?.end?.code).toBe(4404)
  })
})

async function start(port?: number): Promise<SpawnedServer> {
  return await spawnServer({
    command: [bun, 'apps/all-in-one/main.ts'],
    env: { DATA_DIR: join(folder, 'data'), ...(port === undefined ? {} : { PORT: String(port) }) },
  })
}

function lastSeq(socket: RawSocket | undefined): number {
  const seqs = socket?.received.map((frame) => ('seq' in frame ? frame.seq : 0)) ?? []
  return Math.max(0, ...seqs)
}
