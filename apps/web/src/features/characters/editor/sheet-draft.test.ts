import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { blankSheet } from '@innkeeper/tabletop/characters/sheet'
import {
  afterSaving,
  conflictsIn,
  keepMine,
  type Kept,
  namesIn,
  type SheetDraft,
  toEdit,
  without,
  write,
} from './sheet-draft'
import type { SheetFields } from './sheet-fields'

const fields: SheetFields = {
  ...blankSheet,
  name: 'Lia',
  summary: '',
  publicNotes: '',
  hpShown: 'exact',
  isHidden: false,
  gmNotes: '',
}
const kept = (changes: Partial<SheetFields> = {}, revisions: Kept['revisions'] = {}): Kept => ({
  fields: { ...fields, ...changes },
  revisions,
})

describe('a sheet draft', () => {
  it('has what differs from the table, and nothing that is as it was', () => {
    const draft = write({}, kept(), { name: 'name', value: 'Lia Moon' })
    expect(namesIn(draft)).toEqual(['name'])
    expect(namesIn(write(draft, kept(), { name: 'name', value: 'Lia' }))).toEqual([])
  })

  it('becomes an edit of whole fields, with those of the sheet apart', () => {
    const named = write({}, kept(), { name: 'name', value: 'Lia Moon' })
    const draft = write(named, kept(), { name: 'maxHitPoints', value: 31 })
    expect(toEdit(draft, kept({}, { notes: 7 }))).toEqual({
      revision: 7,
      changes: { name: 'Lia Moon', sheet: { maxHitPoints: 31 } },
    })
  })

  it('is disputed where somebody else changed the same field since, and only there', () => {
    const begun = kept({}, { name: 3 })
    const draft = write(write({}, begun, { name: 'name', value: 'A' }), begun, { name: 'notes', value: 'B' })
    const now = kept({ name: 'Theirs', maxHitPoints: 12 }, { name: 5, maxHitPoints: 6 })
    expect(conflictsIn(draft, now)).toEqual(['name'])
    expect(toEdit(draft, now)).toEqual({ revision: 6, changes: { sheet: { notes: 'B' } } })
    expect(toEdit(keepMine(draft, 'name', now), now)?.changes).toEqual({ name: 'A', sheet: { notes: 'B' } })
    expect(namesIn(without(draft, ['name']))).toEqual(['notes'])
  })

  it('stays disputed however much is typed on', () => {
    const draft = write({}, kept(), { name: 'name', value: 'A' })
    const now = kept({ name: 'Theirs' }, { name: 5 })
    expect(conflictsIn(write(draft, now, { name: 'name', value: 'AB' }), now)).toEqual(['name'])
  })

  it('keeps what was typed while it was being saved, without a dispute with oneself', () => {
    const sent = write({}, kept(), { name: 'name', value: 'A' })
    const typedOn = write(sent, kept(), { name: 'name', value: 'AB' })
    const now = kept({ name: 'A' }, { name: 9 })
    const draft = afterSaving(typedOn, sent, now)
    expect(draft.name?.value).toBe('AB')
    expect(conflictsIn(draft, now)).toEqual([])
    expect(namesIn(afterSaving(sent, sent, now))).toEqual([])
  })

  it('loses nothing that was typed, whatever others do meanwhile', () => {
    const text = fc.string({ minLength: 1, maxLength: 5 })
    const deed = fc.oneof(
      fc.record({
        by: fc.constant('me' as const),
        name: fc.constantFrom('name', 'notes', 'species'),
        value: text,
      }),
      fc.record({
        by: fc.constant('them' as const),
        name: fc.constantFrom('name', 'notes', 'species'),
        value: text,
      }),
    )
    fc.assert(
      fc.property(fc.array(deed), (deeds) => {
        const typed = new Map<string, string>()
        const start: { readonly draft: SheetDraft; readonly now: Kept } = { draft: {}, now: kept() }
        const end = deeds.reduce(({ draft, now }, { by, name, value }, index) => {
          if (by === 'them')
            return {
              draft,
              now: kept({ ...now.fields, [name]: value }, { ...now.revisions, [name]: index + 1 }),
            }
          typed.set(name, value)
          return { draft: write(draft, now, { name, value }), now }
        }, start)
        for (const [name, value] of typed) {
          const shown = { ...end.now.fields, ...valuesOf(end.draft) }[name as 'name']
          const isTakenOver = end.draft[name as 'name'] === undefined
          expect(isTakenOver || shown === value).toBe(true)
        }
      }),
    )
  })
})

function valuesOf(draft: SheetDraft): Record<string, string> {
  return Object.fromEntries(namesIn(draft).map((name) => [name, String(draft[name]?.value)]))
}
