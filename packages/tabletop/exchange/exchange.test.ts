import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import type { Viewer } from '@innkeeper/rooms/room-type'
import { aimed, tableCommandArbitrary } from '../table/arbitrary-commands'
import { ana, boris, everyone, gm, TestTable } from '../table/testing/test-table'
import { tabletopRoom } from '../table/tabletop-room'
import { canonicalText, fingerprintOf } from './canonical'
import { importCommands } from './import-table'
import { tableDocument } from './table-document'
import { exported, fightingTable, imported, logFor, parsed } from './testing/told-tables'

setDefaultTimeout(180_000)

const by: fc.Arbitrary<Viewer> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(gm) },
  { weight: 2, arbitrary: fc.constantFrom(...everyone) },
)
const story = fc.array(fc.tuple(by, tableCommandArbitrary), { minLength: 10, maxLength: 60 })
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 })

function told(
  commands: readonly (readonly [Viewer, { readonly name: string; readonly payload: unknown }])[],
  each: number,
) {
  const table = fightingTable(each)
  for (const [who, { name, payload }] of commands) table.send(who, name, aimed(payload, table.state))
  return table
}

describe('a table that is taken elsewhere', () => {
  it('is there what it was here: exported again it is the same, byte for byte', () => {
    fc.assert(
      fc.property(story, seed, (commands, each) => {
        const first = exported(told(commands, each))
        const second = imported(parsed(first))
        expect(exported(second)).toBe(first)
        expect(second.strayed()).toEqual([])
        expect(exported(imported(parsed(exported(second))))).toBe(first)
      }),
      { numRuns: 150 },
    )
  })

  it('has no uuid of a player, no seed, no proof, and no roll of a player for themselves', () => {
    fc.assert(
      fc.property(story, seed, (commands, each) => {
        const table = told(commands, each)
        table.must(ana, 'dice.roll', { expression: '3d7', visibility: 'self', label: 'XYZZY' })
        const text = exported(table)
        for (const { uuid } of everyone) expect(text).not.toContain(`"${uuid}"`)
        for (const secret of ['XYZZY', table.state.secrets?.seed ?? '-', '"fair"', '"nonce"', '"revisions"'])
          expect(text).not.toContain(secret)
      }),
      { numRuns: 60 },
    )
  })

  it('has all that its GM may read, in the order in which it happened', () => {
    const table = fightingTable(3)
    table.must(gm, 'dice.roll', { expression: 'd20', visibility: 'self', label: 'mine' })
    table.must(ana, 'dice.roll', { expression: 'd20', visibility: 'blind', label: 'trap' })
    table.must(boris, 'dice.roll', { expression: 'd20', visibility: 'gm' })
    const { log } = parsed(exported(table))
    expect(log).toHaveLength(logFor(table, gm).length)
    expect(log.slice(-3)).toMatchObject([
      { by: 'p1', payload: { visibility: 'self', label: 'mine' } },
      { by: 'p2', payload: { visibility: 'blind', label: 'trap', result: {} } },
      { by: 'p3', payload: { visibility: 'gm' } },
    ])
    expect(log.map(({ at }) => at)).toEqual(log.map(({ at }) => at).toSorted((a, b) => a - b))
  })

  it('says who played what: their seats are empty, their names are known, and the GM gives their characters away', () => {
    const table = imported(parsed(exported(fightingTable(4))))
    expect(table.state.players['old-2']).toMatchObject({ name: 'Ana', role: 'watcher' })
    const [hero = ''] = Object.keys(table.state.game.character)
    expect(table.state.game.character[hero]?.owner).toBe('old-2')
    table.admit({ uuid: 'ana-new', nick: 'Ana', role: 'player' })
    table.must(gm, 'character.give', { id: hero, owner: 'ana-new' })
    expect(table.state.game.character[hero]?.owner).toBe('ana-new')
    expect(table.state.game.combatant[hero]?.owner).toBe('ana-new')
  })

  it('goes on as a table: turns, damage, rolls and undo, but nothing from before is taken back', () => {
    const table = imported(parsed(exported(fightingTable(5))))
    expect(table.send(gm, 'undo').refused).toMatchObject({ refused: 'conflict' })
    table.must(gm, 'combat.next')
    const [id = ''] = Object.keys(table.state.game.vitals)
    table.must(gm, 'combat.damage', { targets: [{ id }], amount: 3 })
    table.must(gm, 'undo')
    table.must(gm, 'undo')
    expect(table.state.dice?.number).toBe(1)
    expect(table.state.log.at(0)?.seq).toBeGreaterThan(0)
  })

  it('hides from newcomers what was hidden, in the log and on the table', () => {
    const source = fightingTable(6)
    source.must(gm, 'dice.roll', { expression: 'd20', visibility: 'gm', label: 'XYZZY' })
    source.must(gm, 'dice.roll', { expression: 'd20', visibility: 'self', label: 'XYZZY' })
    const table = imported(parsed(exported(source)))
    for (const viewer of [ana, { uuid: 'guest', role: 'watcher' }, { uuid: 'old-2', role: 'watcher' }]) {
      const seen = JSON.stringify([
        table.viewOf(viewer),
        table.events.map((event) => tabletopRoom.viewEvent(event, viewer)),
      ])
      expect(seen).not.toMatch(/XYZZY|Adult Red Dragon/)
    }
  })

  it('is written down by whoever runs it for a while too, without what they rolled for themselves', () => {
    const table = fightingTable(7)
    table.must({ uuid: 'innkeeper', role: 'steward' }, 'seat.lend', { uuid: ana.uuid, untilMs: 900_000 })
    table.must(ana, 'dice.roll', { expression: 'd20', visibility: 'self', label: 'XYZZY' })
    const text = exported(table, { ...ana, role: 'gm' })
    expect(text).not.toContain('XYZZY')
    const document = parsed(text)
    expect(document.players.map(({ name }) => name)).toEqual(['Mia', 'Ana', 'Boris'])
    expect(exported(imported(document))).toBe(text)
  })

  it('may have a GM of another name: nothing else differs', () => {
    const first = parsed(exported(fightingTable(7)))
    const second = parsed(exported(imported(first, 'Nora')))
    expect(second.players[0]?.name).toBe('Nora')
    expect({ ...second, players: first.players }).toEqual(first)
  })

  it('says once that it was brought here, and does not say so elsewhere', () => {
    const table = imported(parsed(exported(fightingTable(8))))
    const lines = logFor(table, ana).filter(
      (entry) => entry.name === 'line' && entry.payload.shown?.code === 'table.imported',
    )
    expect(lines).toMatchObject([{ at: 5_000, by: gm.uuid }])
    expect(logFor(table, gm).at(-1)).toMatchObject(lines[0] ?? {})
    expect(exported(table)).not.toContain('table.imported')
  })

  it('fits into commands of 32 KB, whatever its size', () => {
    const table = fightingTable(9)
    for (let count = 0; count < 120; count += 1)
      table.must(gm, 'dice.roll', { expression: '12x16d20', visibility: 'public', label: '龍'.repeat(80) })
    const document = parsed(exported(table))
    const uuids = document.players.map(() => crypto.randomUUID())
    const commands = importCommands(document, { uuids, now: 0 })
    const sizes = commands.map(({ payload }) => Buffer.byteLength(JSON.stringify(payload)))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(tabletopRoom.maxPayloadBytes)
    expect(Math.max(...sizes)).toBeGreaterThan(20 * 1024)
    expect(exported(imported(document))).toBe(canonicalText(document))
  })

  it('is told by the server alone', () => {
    const table = TestTable.seated()
    for (const { name, payload } of importCommands(parsed(exported(fightingTable(10))), {
      uuids: ['gm-1', 'x', 'y'],
      now: 0,
    }))
      for (const viewer of everyone)
        expect(table.send(viewer, name, payload).refused).toMatchObject({ refused: 'not-allowed' })
  })
})

describe('a document', () => {
  it('has one text and one fingerprint, in whatever order its keys come', () => {
    const text = exported(fightingTable(1))
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .map(([key, part]) => [key, shuffled(part)])
                .toReversed(),
            )
          : value
    const other = JSON.stringify(shuffled(JSON.parse(text)))
    expect(other).not.toBe(text)
    expect(canonicalText(parsed(other))).toBe(text)
    expect(fingerprintOf(text)).toBe(new Bun.CryptoHasher('sha256').update(text).digest('hex'))
  })

  type Spoil = (document: ReturnType<typeof editable>) => void
  it.each<[string, Spoil]>([
    ['version', (document) => (document.version = 2)],
    ['format', (document) => (document.format = 'innkeeper-character')],
    ['players.1.ref', (document) => (document.players[1].ref = 'p3')],
    ['players.1.role', (document) => (document.players[1].role = 'gm')],
    ['players.0.role', (document) => (document.players[0].role = 'player')],
    ['game.character.id-1.owner', (document) => (document.game.character['id-1'].owner = 'p9')],
    ['game.character.id-1.id', (document) => (document.game.character['id-1'].id = 'id-2')],
    ['game.vitals.id-1.kind', (document) => (document.game.vitals['id-1'].kind = 'lair')],
    ['game.vitals.id-1', (document) => delete document.game.vitals['id-1']],
    ['game.vitals.id-1', (document) => (document.game.vitals['id-1'].isHidden = true)],
    ['game.vitals.id-1.hitPoints.max', (document) => (document.game.vitals['id-1'].hitPoints.max = 25)],
    ['game.vitals.id-1.hitPoints.now', (document) => (document.game.vitals['id-1'].hitPoints.now = 25)],
    ['game.vitals.id-1.life', (document) => (document.game.vitals['id-1'].life = 'dead')],
    ['game.vitals.id-1.hitPoints', (document) => (document.game.vitals['id-1'].hitPoints = null)],
    ['game.vitals.id-1.secret', (document) => (document.game.vitals['id-1'].secret = 1)],
    ['game.vitals.id-1', (document) => delete document.game.character['id-1']],
    ['game.combatant.id-4', (document) => delete document.game.vitals['id-4']],
    ['game.combat', (document) => delete document.game.combat.combat],
    ['game.combat.combat', (document) => (document.game.combat.combat.turn = 'id-99')],
    ['game.character.constructor', (document) => (document.game.character['constructor'] = {})],
    ['log.0.by', (document) => (document.log[0].by = 'p9')],
    ['log.0.payload.owner', (document) => (document.log[0].payload.owner = 'p9')],
    ['log.0.payload.shown.code', (document) => (document.log[0].payload.shown.code = 'table.exploded')],
    ['log.0', (document) => (document.log[0].payload.shown.code = 'table.imported')],
    ['log.0.payload.shown.params.name', (document) => (document.log[0].payload.shown.params.name = 'a\nb')],
    ['log.0.at', (document) => (document.log[0].at = 1.5)],
    ['secrets', (document) => (document.secrets = { seed: '' })],
  ])('is refused for its %s', (path, spoil) => {
    const document = editable()
    spoil(document)
    const checked = tableDocument.safeParse(document)
    const paths = (checked.error?.issues ?? []).map((issue) =>
      [...issue.path, ...('keys' in issue ? issue.keys : [])].join('.'),
    )
    expect(paths).toContain(path)
  })

  it('is refused with a roll that a player made for themselves', () => {
    const table = fightingTable(1)
    table.must(ana, 'dice.roll', { expression: 'd20', visibility: 'gm' })
    const document = parsed(exported(table))
    const log = document.log.map((entry) =>
      entry.name === 'dice.rolled'
        ? { ...entry, payload: { ...entry.payload, visibility: 'self' as const } }
        : entry,
    )
    expect(tableDocument.safeParse(document).success).toBe(true)
    expect(tableDocument.safeParse({ ...document, log }).error?.issues[0]?.path).toEqual([
      'log',
      log.length - 1,
    ])
  })

  it('is refused when one part of it is too large for a command', () => {
    const document = editable()
    document.game.character['id-1'].gmNotes = '龍'.repeat(4_000)
    document.game.character['id-1'].publicNotes = '龍'.repeat(4_000)
    document.game.character['id-1'].sheet.notes = '龍'.repeat(4_000)
    expect(tableDocument.safeParse(document).error?.issues[0]?.path).toEqual(['game', 'character', 'id-1'])
  })
})

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function editable(): any {
  return JSON.parse(exported(fightingTable(1)))
}
