import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import type { Said } from '../table/log-lines'
import { toChange, type Change } from '../table/changes'
import { combatant } from '../rules/testing/creature'
import { sheetArbitrary } from './arbitrary-characters'
import { characterLimits } from './sheet-limits'
import { blankSheet } from './sheet'
import { ana, boris, created, gameTable, gm, revisionOf, watcher, type GameTable } from './testing/game-table'

setDefaultTimeout(60_000)

const bard = {
  name: 'Bea',
  sheet: {
    classes: [{ name: 'Bard', level: 3, hitDie: 'd8' }],
    maxHitPoints: 24,
    spellcasting: { ability: 'cha', slots: { 1: 4, 2: 2 }, pact: { level: 1, max: 1 } },
    resources: [{ id: 'inspiration', name: 'Inspiration', max: 3, per: 'long' }],
  },
}

const row = combatant({ id: '', kind: 'character', owner: 'ana-1', name: 'Bea' })

/** An edit by somebody who has seen everything there is. */
function edits(table: GameTable, id: string, changes: object) {
  return { id, revision: revisionOf(table.character(id)), changes }
}

describe('making a character', () => {
  it('takes a name and nothing else, and brings vitals along', () => {
    const table = gameTable()
    const { changes, lines } = table.did(ana, 'character.create', { name: ' Ana ' })
    const id = changes[0]?.id ?? ''
    expect(table.character(id)).toMatchObject({
      id,
      owner: 'ana-1',
      isHidden: false,
      hpShown: 'exact',
      name: 'Ana',
      summary: '',
      publicNotes: '',
      gmNotes: '',
      sheet: blankSheet,
    })
    expect(table.vitals(id)).toMatchObject({
      id,
      owner: 'ana-1',
      kind: 'character',
      life: 'conscious',
      hitPoints: { now: 10, max: 10, maxChange: 0, temporary: 0 },
      spent: { slots: {}, resources: {}, hitDice: {} },
    })
    expect(changes.map(({ kind, before }) => [kind, before])).toEqual([
      ['character', null],
      ['vitals', null],
    ])
    expect(lines).toEqual([
      {
        owner: 'ana-1',
        full: { code: 'character.created', params: { character: id, name: 'Ana' } },
        shown: { code: 'character.created', params: { character: id, name: 'Ana' } },
      },
    ])
  })

  it('is the GM’s own, or a player’s by the GM’s word', () => {
    const table = gameTable()
    expect(table.character(created(table, gm)).owner).toBeNull()
    expect(table.character(created(table, gm, { name: 'Bo', owner: 'boris-1' })).owner).toBe('boris-1')
    expect(table.run(gm, 'character.create', { name: 'Bo', owner: 'gone-1' })).toMatchObject({
      refused: 'conflict',
    })
    expect(table.run(ana, 'character.create', { name: 'Bo', owner: 'boris-1' })).toMatchObject({
      refused: 'not-allowed',
    })
    expect(table.run(ana, 'character.create', { name: 'Bo', owner: null })).toMatchObject({
      refused: 'not-allowed',
    })
  })

  it('is not for watchers', () => {
    expect(gameTable().run(watcher, 'character.create', { name: 'W' })).toMatchObject({
      refused: 'not-allowed',
    })
  })

  it.each([{ isHidden: true }, { gmNotes: 'spy' }])('leaves %j to the GM', (secret) => {
    const table = gameTable()
    expect(table.run(ana, 'character.create', { name: 'A', ...secret })).toMatchObject({
      refused: 'not-allowed',
      extras: { field: Object.keys(secret)[0] },
    })
    expect(table.character(created(table, gm, { name: 'A', ...secret }))).toMatchObject(secret)
  })

  it('names the field that is wrong, and what was expected', () => {
    const sheet = { abilities: { ...blankSheet.abilities, str: 31 } }
    expect(gameTable().run(ana, 'character.create', { name: 'A', sheet })).toMatchObject({
      refused: 'validation-failed',
      detail: 'sheet.abilities.str: Too big: expected number to be <=30',
    })
  })

  it('is done six times by a player and no more, whoever makes them', () => {
    const table = gameTable()
    for (let made = 0; made < characterLimits.perPlayer; made += 1) created(table, ana)
    expect(table.run(ana, 'character.create', { name: 'A' })).toMatchObject({
      refused: 'conflict',
      extras: { limit: 6 },
    })
    expect(table.run(gm, 'character.create', { name: 'A', owner: 'ana-1' })).toMatchObject({
      refused: 'conflict',
    })
    expect(created(table, boris)).not.toBe('')
  })

  it('is done sixty times at a table and no more', () => {
    const table = gameTable()
    for (let made = 0; made < characterLimits.perTable; made += 1) created(table, gm)
    expect(table.run(gm, 'character.create', { name: 'A' })).toMatchObject({
      refused: 'conflict',
      extras: { limit: 60 },
    })
  })

  it('is refused when the whole is over 24 KB, at the limit and one past it', () => {
    const notes = (count: number) => ({ name: 'A', publicNotes: 'é'.repeat(count), sheet: { features } })
    const features = Array.from({ length: 14 }, () => ({ name: 'F', text: 'x'.repeat(1_500) }))
    const table = gameTable()
    const { revisions: _kept, ...whole } = table.character(created(table, ana, notes(1)))
    const room = characterLimits.bytes - new TextEncoder().encode(JSON.stringify(whole)).length
    const fits = 1 + Math.floor(room / 2)
    const odd = room % 2 === 0 ? 'A' : 'AA'
    expect(gameTable().run(ana, 'character.create', { ...notes(fits), name: odd })).toHaveProperty('changes')
    expect(gameTable().run(ana, 'character.create', { ...notes(fits), name: `${odd}A` })).toMatchObject({
      refused: 'too-large',
      extras: { limit: 24 * 1024, bytes: 24 * 1024 + 1 },
    })
  })
})

describe('editing a character', () => {
  it('replaces what is there, and nothing else', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    table.did(ana, 'character.edit', edits(table, id, { summary: 'Bard 3', sheet: { species: 'Elf' } }))
    expect(table.character(id)).toMatchObject({
      name: 'Bea',
      summary: 'Bard 3',
      sheet: { species: 'Elf', maxHitPoints: 24 },
    })
  })

  it('is for the owner and the GM; others are told, or told nothing', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    const edit = edits(table, id, { name: 'Bee' })
    expect(table.run(boris, 'character.edit', edit)).toMatchObject({ refused: 'not-allowed' })
    table.did(gm, 'character.edit', edits(table, id, { isHidden: true }))
    expect(table.run(boris, 'character.edit', edit)).toMatchObject({ refused: 'not-found' })
    expect(table.run(boris, 'character.edit', { ...edit, id: 'nobody' })).toMatchObject({
      refused: 'not-found',
    })
    table.did(ana, 'character.edit', edits(table, id, { name: 'Bee' }))
  })

  it('needs a field that it changes', () => {
    const table = gameTable()
    const id = created(table, ana)
    expect(table.run(ana, 'character.edit', edits(table, id, { sheet: {} }))).toMatchObject({
      refused: 'validation-failed',
    })
    expect(table.did(ana, 'character.edit', edits(table, id, { name: 'Ana' }))).toEqual({
      changes: [],
      lines: [],
    })
  })

  it('is refused when it is stale, with what changed and how it is now', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    const seen = revisionOf(table.character(id))
    table.did(gm, 'character.edit', edits(table, id, { sheet: { species: 'Orc', coins: { gp: 5 } } }))
    const late = { id, revision: seen, changes: { name: 'Bee', sheet: { species: 'Elf' } } }
    expect(table.run(ana, 'character.edit', late)).toMatchObject({
      refused: 'stale-edit',
      extras: { changed: ['species'], current: { species: 'Orc' }, revision: seen + 1 },
    })
    expect(table.character(id).name).toBe('Bea')
    table.did(ana, 'character.edit', { id, revision: seen, changes: { name: 'Bee' } })
    table.did(ana, 'character.edit', edits(table, id, { sheet: { species: 'Elf' } }))
    expect(table.character(id)).toMatchObject({ name: 'Bee', sheet: { species: 'Elf' } })
  })

  it('is not stale for what the GM writes for themselves', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    const seen = revisionOf(table.character(id))
    table.did(gm, 'character.edit', edits(table, id, { gmNotes: 'spy' }))
    expect(
      table.run(gm, 'character.edit', { id, revision: seen, changes: { gmNotes: 'no spy' } }),
    ).toMatchObject({
      refused: 'stale-edit',
      extras: { changed: ['gmNotes'], current: { gmNotes: 'spy' } },
    })
    const told = table.run(ana, 'character.edit', { id, revision: 0, changes: { gmNotes: 'x' } })
    expect(told).toMatchObject({ refused: 'not-allowed' })
    expect(JSON.stringify(told)).not.toContain('spy')
    table.did(gm, 'character.edit', edits(table, id, { sheet: { species: 'Orc' } }))
    const current = revisionOf(table.character(id))
    table.did(gm, 'character.edit', edits(table, id, { gmNotes: 'still' }))
    const late = { id, revision: seen, changes: { sheet: { species: 'Elf' } } }
    expect(table.run(ana, 'character.edit', late)).toMatchObject({ extras: { revision: current } })
    table.did(ana, 'character.edit', { id, revision: seen, changes: { name: 'Bee' } })
  })

  it('keeps the maximum of the vitals in step: the unhurt stay unhurt, the hurt are not healed', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    table.did(ana, 'character.edit', edits(table, id, { sheet: { maxHitPoints: 31 } }))
    expect(table.vitals(id).hitPoints).toEqual({ now: 31, max: 31, maxChange: 0, temporary: 0 })
    hurt(table, id, 12)
    table.did(ana, 'character.edit', edits(table, id, { sheet: { maxHitPoints: 40 } }))
    expect(table.vitals(id).hitPoints).toMatchObject({ now: 12, max: 40 })
    table.did(ana, 'character.edit', edits(table, id, { sheet: { maxHitPoints: 5 } }))
    expect(table.vitals(id).hitPoints).toMatchObject({ now: 5, max: 5 })
  })

  it('leaves nothing spent that the sheet no longer has', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    table.did(ana, 'character.spend', { id, what: 'slot', key: '1', amount: 3 })
    table.did(ana, 'character.spend', { id, what: 'resource', key: 'inspiration' })
    const spellcasting = { ability: 'cha', slots: { 1: 2 } }
    table.did(ana, 'character.edit', edits(table, id, { sheet: { spellcasting, resources: [] } }))
    expect(table.vitals(id).spent).toEqual({ slots: { 1: 2 }, resources: {}, hitDice: {} })
  })

  it('carries name, owner and secrecy to vitals and the row in the fight', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    table.put([toChange('combatant', { ...row, id })])
    table.did(gm, 'character.edit', edits(table, id, { name: 'Bee', isHidden: true, hpShown: 'label' }))
    expect(table.vitals(id)).toMatchObject({ isHidden: true, hpShown: 'label' })
    expect(table.game().combatant[id]).toMatchObject({ name: 'Bee', isHidden: true })
    table.put([toChange('combatant', { ...row, id, isHidden: false })])
    table.did(gm, 'character.edit', edits(table, id, { name: 'Bea' }))
    expect(table.game().combatant[id]).toMatchObject({ name: 'Bea', isHidden: false })
  })

  it('is told to each as much as they see of it', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    const lineOf = (changes: object) => table.did(gm, 'character.edit', edits(table, id, changes)).lines[0]
    const edited = (...fields: readonly string[]): Said => ({
      code: 'character.edited',
      params: { character: id, name: 'Bea', fields },
    })
    const summary = edited('summary')
    expect(lineOf({ summary: 'Bard' })).toEqual({ owner: 'ana-1', full: summary, shown: summary })
    expect(lineOf({ sheet: { species: 'Elf' } })).toEqual({
      owner: 'ana-1',
      full: edited('species'),
      shown: null,
    })
    expect(lineOf({ gmNotes: 'spy' })).toEqual({ owner: null, full: edited('gmNotes'), shown: null })
    expect(lineOf({ isHidden: true })).toMatchObject({
      full: edited('isHidden'),
      shown: { code: 'character.removed' },
    })
    expect(lineOf({ summary: 'Spy' })).toEqual({ owner: 'ana-1', full: summary, shown: null })
    expect(lineOf({ isHidden: false })).toMatchObject({
      full: edited('isHidden'),
      shown: { code: 'character.created' },
    })
  })

  it('names no field to those who do not read it, not even to its owner', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    const changes = { summary: 'Bard', gmNotes: 'a spy', sheet: { species: 'Elf' } }
    const [line] = table.did(gm, 'character.edit', edits(table, id, changes)).lines
    expect(line).toMatchObject({
      full: { params: { fields: ['summary', 'species'] } },
      shown: { params: { fields: ['summary'] } },
    })
  })

  it('can be undone by what was before', () => {
    fc.assert(
      fc.property(fc.array(sheetArbitrary, { maxLength: 4 }), (sheets) => {
        const table = gameTable()
        const id = created(table, ana, bard)
        const first = table.game()
        const done = sheets.map((sheet) =>
          table.did(gm, 'character.edit', edits(table, id, { sheet: { ...sheet, maxHitPoints: 7 } })),
        )
        for (const { changes } of done.toReversed()) table.put(changes.map(back))
        expect(table.game()).toEqual(first)
      }),
      { numRuns: 50 },
    )
  })
})

describe('giving a character', () => {
  it('is for the GM, to somebody with a seat', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    table.put([toChange('combatant', { ...row, id })])
    expect(table.run(ana, 'character.give', { id, owner: 'boris-1' })).toMatchObject({
      refused: 'not-allowed',
    })
    expect(table.run(gm, 'character.give', { id, owner: 'gone-1' })).toMatchObject({ refused: 'conflict' })
    expect(table.run(gm, 'character.give', { id, owner: '__proto__' })).toMatchObject({
      refused: 'conflict',
    })
    const [line] = table.did(gm, 'character.give', { id, owner: 'boris-1' }).lines
    expect(line).toMatchObject({ shown: { code: 'character.given', params: { to: 'boris-1' } } })
    expect([table.character(id), table.vitals(id), table.game().combatant[id]]).toMatchObject([
      { owner: 'boris-1' },
      { owner: 'boris-1' },
      { owner: 'boris-1' },
    ])
    expect(table.run(gm, 'character.give', { id, owner: 'boris-1' })).toMatchObject({ refused: 'conflict' })
    table.did(gm, 'character.give', { id, owner: null })
    expect(table.character(id).owner).toBeNull()
  })

  it('gives nobody a seventh', () => {
    const table = gameTable()
    for (let made = 0; made < characterLimits.perPlayer; made += 1) created(table, ana)
    const id = created(table, boris)
    expect(table.run(gm, 'character.give', { id, owner: 'ana-1' })).toMatchObject({ refused: 'conflict' })
  })
})

describe('removing a character', () => {
  it('takes its vitals along', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    expect(table.run(boris, 'character.remove', { id })).toMatchObject({ refused: 'not-allowed' })
    const { changes } = table.did(ana, 'character.remove', { id })
    expect(table.game()).toMatchObject({ character: {}, vitals: {} })
    expect(changes.map(({ kind, value }) => [kind, value])).toEqual([
      ['character', null],
      ['vitals', null],
    ])
    expect(table.run(ana, 'character.remove', { id })).toMatchObject({ refused: 'not-found' })
  })

  it('waits until it is out of the fight', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    table.put([toChange('combatant', { ...row, id })])
    expect(table.run(gm, 'character.remove', { id })).toMatchObject({ refused: 'conflict' })
  })
})

describe('spending and regaining', () => {
  it.each([
    ['slot', '2', 2],
    ['slot', 'pact', 1],
    ['resource', 'inspiration', 3],
    ['hit-die', 'd8', 3],
  ])('%s %s: %i and no more', (what, key, max) => {
    const table = gameTable()
    const id = created(table, ana, bard)
    const { lines } = table.did(ana, 'character.spend', { id, what, key, amount: max })
    expect(lines).toEqual([
      {
        owner: 'ana-1',
        full: {
          code: 'character.spent',
          params: { character: id, name: 'Bea', what, key, amount: max, left: 0, max },
        },
        shown: null,
      },
    ])
    expect(table.run(ana, 'character.spend', { id, what, key })).toMatchObject({
      refused: 'conflict',
      extras: { left: 0, max },
    })
    const [regained] = table.did(ana, 'character.regain', { id, what, key, amount: 999 }).lines
    expect(regained?.full).toMatchObject({ code: 'character.regained', params: { amount: max, left: max } })
    expect(table.run(ana, 'character.regain', { id, what, key })).toMatchObject({ refused: 'conflict' })
  })

  it.each([
    { what: 'slot', key: '3' },
    { what: 'resource', key: 'constructor' },
    { what: 'hit-die', key: 'd12' },
  ])('%j: there is none', (spending) => {
    const table = gameTable()
    const id = created(table, ana, bard)
    expect(table.run(ana, 'character.spend', { id, ...spending })).toMatchObject({
      refused: 'conflict',
      extras: { max: 0 },
    })
  })

  it('is for the owner and the GM', () => {
    const table = gameTable()
    const id = created(table, ana, bard)
    const spending = { id, what: 'slot', key: '1' }
    expect(table.run(boris, 'character.spend', spending)).toMatchObject({ refused: 'not-allowed' })
    table.did(gm, 'character.spend', spending)
    expect(table.vitals(id).spent?.slots).toEqual({ 1: 1 })
  })
})

function hurt(table: GameTable, id: string, now: number): void {
  const vitals = table.vitals(id)
  if (vitals.hitPoints === null) throw new Error('No hit points')
  table.put([toChange('vitals', { ...vitals, hitPoints: { ...vitals.hitPoints, now } })])
}

function back(change: Change): Change {
  return { ...change, value: change.before ?? null } as Change
}
