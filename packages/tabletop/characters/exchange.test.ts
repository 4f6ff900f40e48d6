import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { toChange } from '../table/changes'
import { viewVitals } from '../table/view-creatures'
import { characterArbitrary, vitalsArbitrary } from './arbitrary-characters'
import { characterLimits } from './sheet-limits'
import { exportCharacter } from './exchange'
import { ana, created, gameTable, gm, watcher } from './testing/game-table'
import { viewCharacter } from './view-character'

setDefaultTimeout(60_000)

const whole = characterArbitrary.chain((character) =>
  vitalsArbitrary(character).map((vitals) => ({ character, vitals })),
)

/** A document as it travels, to be spoilt. */
function written() {
  const table = gameTable()
  const id = created(table, ana, { name: 'Ana', sheet: { maxHitPoints: 20 } })
  const document = exportCharacter(table.character(id), table.vitals(id))
  if (document === null) throw new Error('Nothing to export')
  return document
}

/** The refusal of a document. */
function refusalOf(document: unknown) {
  const done = gameTable().run(ana, 'character.import', { document })
  return 'refused' in done ? done : undefined
}

describe('a character that goes from one table to another', () => {
  it('is the same there, and belongs to whoever brings it', () => {
    fc.assert(
      fc.property(whole, ({ character, vitals }) => {
        const document: unknown = JSON.parse(JSON.stringify(exportCharacter(character, vitals)))
        const table = gameTable()
        const id = table.did(ana, 'character.import', { document }).changes[0]?.id ?? ''
        expect(id).not.toBe(character.id)
        expect(table.character(id)).toMatchObject({ owner: 'ana-1', isHidden: false, gmNotes: '' })
        expect(table.vitals(id)).toMatchObject({ id, owner: 'ana-1', isHidden: false })
        const again: unknown = exportCharacter(table.character(id), table.vitals(id))
        expect(again).toEqual(document)
      }),
      { numRuns: 150 },
    )
  })

  it('goes as its owner sees it: a player’s export has what a GM’s has', () => {
    fc.assert(
      fc.property(whole, ({ character, vitals }) => {
        const own = { ...character, owner: 'ana-1' }
        const [seen, known] = [viewCharacter(own, ana), viewVitals({ ...vitals, owner: 'ana-1' }, ana)]
        if (seen === null || known === null) throw new Error('Owners see their own')
        expect(exportCharacter(seen, known)).toEqual(exportCharacter(character, vitals))
      }),
      { numRuns: 50 },
    )
  })

  it('leaves behind what is the GM’s, and what points to others', () => {
    fc.assert(
      fc.property(whole, ({ character, vitals }) => {
        const applied = { id: 'c', condition: 'charmed', source: 'SECRET', note: 'SECRET' } as const
        const document = exportCharacter(
          { ...character, gmNotes: 'SECRET' },
          { ...vitals, conditions: [applied, { ...applied, id: 'd', impliedBy: 'SECRET' }] },
        )
        expect(JSON.stringify(document)).not.toContain('SECRET')
      }),
      { numRuns: 20 },
    )
  })

  it('cannot be taken by those who do not see its sheet', () => {
    const table = gameTable()
    const id = created(table, ana)
    const seen = viewCharacter(table.character(id), watcher)
    const known = viewVitals(table.vitals(id), watcher)
    if (seen === null || known === null) throw new Error('It is not hidden')
    expect(exportCharacter(seen, known)).toBeNull()
  })

  it('is the GM’s own when the GM brings it', () => {
    const table = gameTable()
    const id = table.did(gm, 'character.import', { document: written() }).changes[0]?.id ?? ''
    expect(table.character(id).owner).toBeNull()
  })

  it('counts like one that is made here', () => {
    const table = gameTable()
    for (let made = 0; made < characterLimits.perPlayer; made += 1) created(table, ana)
    expect(table.run(ana, 'character.import', { document: written() })).toMatchObject({ refused: 'conflict' })
    expect(table.run(watcher, 'character.import', { document: written() })).toMatchObject({
      refused: 'not-allowed',
    })
  })

  it('has ids and combatants of its own: nothing of the old table is kept', () => {
    const table = gameTable()
    const id = created(table, ana)
    const condition = { id: 'old', condition: 'prone', isOpen: true, source: 'm-1', note: 'tripped' } as const
    table.put([toChange('vitals', { ...table.vitals(id), conditions: [condition] })])
    const document = exportCharacter(table.character(id), table.vitals(id))
    const copy = table.did(ana, 'character.import', { document }).changes[0]?.id ?? ''
    const [kept] = table.vitals(copy).conditions
    expect(kept).toMatchObject({ condition: 'prone', isOpen: true, note: 'tripped' })
    expect(kept?.id).not.toBe('old')
    expect(kept).not.toHaveProperty('source')
  })
})

describe('a document that is refused', () => {
  it('of another version, in words', () => {
    expect(refusalOf({ ...written(), version: 2 })).toMatchObject({
      refused: 'validation-failed',
      detail: 'document.version: Expected version 1: this table reads no other',
    })
    expect(refusalOf({ ...written(), format: 'paper' })?.detail).toContain('document.format: ')
  })

  it.each([
    ['document.vitals.hitPoints.now', { hitPoints: { now: 21, maxChange: 0, temporary: 0 } }],
    ['document.vitals.life', { life: 'dead' }],
    ['document.vitals.life', { hitPoints: { now: 0, maxChange: 0, temporary: 0 } }],
    ['document.vitals.exhaustion', { exhaustion: 7 }],
    ['document.vitals.conditions', { conditions: [{ id: '1', condition: 'prone', impliedBy: '2' }] }],
    [
      'document.vitals.conditions',
      {
        conditions: [
          { id: '1', condition: 'prone' },
          { id: '1', condition: 'stunned' },
        ],
      },
    ],
  ])('for its %s', (field, spoilt) => {
    const document = written()
    const refusal = refusalOf({ ...document, vitals: { ...document.vitals, ...spoilt } })
    expect(refusal).toMatchObject({ refused: 'validation-failed', extras: { field } })
  })

  it('spends no more than there is', () => {
    const document = written()
    const spent = { slots: { 1: 3 }, resources: { rage: 1 }, hitDice: { d8: 1 } }
    const table = gameTable()
    const id = table.did(ana, 'character.import', {
      document: { ...document, vitals: { ...document.vitals, spent } },
    }).changes[0]?.id
    expect(table.vitals(id ?? '').spent).toEqual({ slots: {}, resources: {}, hitDice: {} })
  })
})
