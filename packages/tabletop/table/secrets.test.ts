import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import type { Viewer } from '@innkeeper/rooms/room-type'
import { aimed, gameCommandArbitrary } from './arbitrary-commands'
import { ana, boris, everyone, gm, TestTable, watcher } from './testing/test-table'
import { tabletopRoom } from './tabletop-room'

setDefaultTimeout(120_000)

/** Stands in every field that is the GM's alone: whoever else reads it has read a secret. */
const secret = 'XYZZY'
const gmsAlone = [ana, boris, watcher]

/** Hidden monsters, aliases, notes, hidden characters, secret rolls: everything that a GM may keep from players. */
function tableOfSecrets(seed: number): TestTable {
  const table = TestTable.seated(undefined, seed)
  table.must(ana, 'character.create', { name: 'Ana', sheet: { maxHitPoints: 30 } })
  table.must(boris, 'character.create', { name: 'Boris', sheet: { maxHitPoints: 30 } })
  table.must(gm, 'character.create', {
    name: `${secret} the spy`,
    isHidden: true,
    owner: null,
    summary: `${secret} summary`,
    publicNotes: `${secret} notes`,
    gmNotes: `${secret} gm notes`,
    sheet: { maxHitPoints: 30 },
  })
  const [heroA = '', heroB = '', spy = ''] = Object.keys(table.state.game.character)
  for (const id of [heroA, heroB]) {
    const revision = Math.max(...Object.values(table.state.game.character[id]?.revisions ?? { none: 0 }))
    table.must(gm, 'character.edit', { id, revision, changes: { gmNotes: `${secret} of ${id}` } })
  }
  table.must(gm, 'combat.add', {
    combatants: [
      ...[heroA, heroB, spy].map((id) => ({ kind: 'character', id })),
      {
        kind: 'custom',
        stats: { name: `${secret} ambusher`, maxHp: 77, recharges: [{ name: `${secret} breath`, from: 5 }] },
        isHidden: true,
        count: 2,
      },
      {
        kind: 'custom',
        stats: { name: `${secret} the vampire`, maxHp: 60, recharges: [{ name: `${secret} bite`, from: 5 }] },
        alias: 'A pale stranger',
        hpShown: 'label',
      },
      { kind: 'lair', name: `${secret} lair`, isHidden: true },
    ],
  })
  for (const { id, kind, owner } of Object.values(table.state.game.combatant)) {
    if (kind === 'monster') table.must(gm, 'combat.edit', { id, changes: { note: `${secret} note` } })
    if (owner === null && kind === 'monster')
      table.must(gm, 'combat.concentrate', { id, spell: `${secret} spell` })
  }
  table.must(gm, 'dice.roll', { expression: 'd20', visibility: 'gm', label: `${secret} stealth` })
  table.must(gm, 'dice.roll', { expression: 'd20', visibility: 'blind', label: `${secret} trap` })
  table.must(gm, 'combat.start', { roll: 'all' })
  return table
}

function bytesFor(table: TestTable, viewer: Viewer): string {
  const events = table.events.map((event) => tabletopRoom.viewEvent(event, viewer))
  return JSON.stringify([events, table.viewOf(viewer)])
}

/** What reveals a thing on purpose is not in the game here. */
const keepsSecrets = gameCommandArbitrary.filter(
  ({ name }) => !['combat.edit', 'character.edit', 'character.give', 'dice.reseed'].includes(name),
)
const story = fc.array(fc.tuple(fc.constantFrom(gm, gm, gm, ...everyone), keepsSecrets), { maxLength: 50 })
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

describe('what the GM hides', () => {
  it('is in no byte that anyone else is sent, whatever happens at the table', () => {
    fc.assert(
      fc.property(story, seeds, (commands, seed) => {
        const table = tableOfSecrets(seed)
        const refusals: unknown[] = []
        for (const [who, { name, payload }] of commands) {
          const { refused } = table.send(who, name, aimed(payload, table.state))
          if (refused && who !== gm) refusals.push(refused)
        }
        for (const viewer of gmsAlone) expect(bytesFor(table, viewer)).not.toContain(secret)
        expect(JSON.stringify(refusals)).not.toContain(secret)
      }),
      { numRuns: 120 },
    )
  })

  it('stays hidden while it is undone and done again', () => {
    const table = tableOfSecrets(7)
    const count = table.state.marks.done.length
    for (let undone = 0; undone < count; undone += 1) table.must(gm, 'undo')
    for (let redone = 0; redone < count; redone += 1) table.must(gm, 'redo')
    for (const viewer of gmsAlone) expect(bytesFor(table, viewer)).not.toContain(secret)
  })

  it('is told in no refusal: what is hidden is as unknown as what is not there', () => {
    const table = tableOfSecrets(3)
    const hidden = Object.values(table.state.game.combatant).filter(({ isHidden }) => isHidden)
    expect(hidden.length).toBeGreaterThan(2)
    for (const { id } of hidden) {
      for (const [name, payload] of [
        ['combat.damage', { targets: [{ id }], amount: 1 }],
        ['combat.heal', { targets: [id], amount: 1 }],
        ['combat.delay', { id }],
        ['combat.return', { id }],
        ['combat.reaction', { id }],
        ['combat.initiative', { targets: [id] }],
        ['character.edit', { id, revision: 0, changes: { name: 'x' } }],
      ] as const) {
        const { refused } = table.send(ana, name, payload)
        const { refused: unknown } = table.send(
          ana,
          name,
          JSON.parse(JSON.stringify(payload).replaceAll(id, 'nobody')),
        )
        expect(JSON.stringify(refused).replaceAll(id, 'nobody')).toBe(JSON.stringify(unknown))
      }
    }
  })

  it('is not even the dice seed to the GM', () => {
    const table = tableOfSecrets(5)
    const seed = table.state.secrets?.seed ?? ''
    expect(seed).toHaveLength(64)
    for (const viewer of everyone) expect(bytesFor(table, viewer)).not.toContain(seed)
    table.must(gm, 'dice.reseed')
    expect(bytesFor(table, watcher)).toContain(seed)
  })

  it('shows the numbers of an open creature, a word for a labelled one, and nothing of a hidden one', () => {
    const table = tableOfSecrets(11)
    const vampire = Object.values(table.state.game.combatant).find(({ alias }) => alias !== null)
    const id = vampire?.id ?? ''
    const [event] = table.must(gm, 'combat.damage', { targets: [{ id }], amount: 41 })
    const seen = event && tabletopRoom.viewEvent(event, ana)
    expect(JSON.stringify(seen)).not.toContain('41')
    expect(JSON.stringify(seen)).not.toContain('19')
    expect(seen).toMatchObject({
      payload: {
        changes: [{ kind: 'vitals', id, value: { hitPoints: null, label: 'bloodied' } }],
        lines: [
          {
            full: null,
            shown: { code: 'label.changed', params: { name: 'A pale stranger', label: 'bloodied' } },
          },
        ],
      },
    })
  })
})
