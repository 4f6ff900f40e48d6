import type { Character } from '@innkeeper/tabletop/characters/character'
import { isSame } from '@innkeeper/tabletop/table/is-same'
import { type FieldName, fieldNames, isOnSheet, type SheetFields } from './sheet-fields'

/** A field as somebody wants it. */
export interface DraftedField {
  /** Of the field's own shape: `write` sees to it. */
  readonly value: unknown
  /** The field's revision when they began: what is newer is somebody else's. */
  readonly seen: number
}

/** What somebody has written and not saved, by field. */
export type SheetDraft = Readonly<Partial<Record<FieldName, DraftedField>>>

/** The character as the table has it. */
export interface Kept {
  readonly fields: SheetFields
  readonly revisions: Readonly<Record<string, number>>
}

/** What `character.edit` carries beside the id. */
export interface SheetEdit {
  readonly revision: number
  readonly changes: Readonly<Record<string, unknown>>
}

/** @returns a draft of this page's own making, as a tab has kept it */
export function parseSheetDraft(stored: object | null): SheetDraft {
  const draft = (stored ?? {}) as SheetDraft
  const isWhole = namesIn(draft).every((name) => typeof draft[name]?.seen === 'number')
  return isWhole ? draft : {}
}

/** @returns what the draft is about */
export function namesIn(draft: SheetDraft): readonly FieldName[] {
  return fieldNames.filter((name) => draft[name] !== undefined)
}

/** @returns the draft with one field as it should be; a field that is as the table has it is not drafted */
export function write<Name extends FieldName>(
  draft: SheetDraft,
  { fields, revisions }: Kept,
  { name, value }: { readonly name: Name; readonly value: SheetFields[Name] },
): SheetDraft {
  if (isSame(value, fields[name])) return without(draft, [name])
  const seen = draft[name]?.seen ?? revisions[name] ?? 0
  return { ...draft, [name]: { value, seen } }
}

/** @returns the drafted fields that somebody else has changed since */
export function conflictsIn(draft: SheetDraft, { revisions }: Pick<Kept, 'revisions'>): readonly FieldName[] {
  return namesIn(draft).filter((name) => (revisions[name] ?? 0) > (draft[name]?.seen ?? 0))
}

/** @returns the draft, knowing what somebody else has made of the field: saving it replaces that */
export function keepMine(draft: SheetDraft, name: FieldName, { revisions }: Kept): SheetDraft {
  const field = draft[name]
  return field === undefined ? draft : { ...draft, [name]: { ...field, seen: revisions[name] ?? 0 } }
}

/** @returns the draft without the fields: they are as the table has them */
export function without(draft: SheetDraft, names: readonly FieldName[]): SheetDraft {
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !names.some((gone) => gone === name)))
}

/**
 * @returns the edit that saves the draft. It claims to have seen all that the table has: ask `conflictsIn` before. Fields
 *   that nobody disputes go through while others wait for an answer.
 */
export function toEdit(draft: SheetDraft, kept: Kept): SheetEdit | null {
  const disputed = conflictsIn(draft, kept)
  const settled = namesIn(draft).filter((name) => !disputed.includes(name))
  if (settled.length === 0) return null
  const valuesOf = (names: readonly FieldName[]) =>
    Object.fromEntries(names.map((name) => [name, draft[name]?.value]))
  const sheet = valuesOf(settled.filter(isOnSheet))
  return {
    revision: Math.max(0, ...Object.values(kept.revisions)),
    changes: {
      ...valuesOf(settled.filter((name) => !isOnSheet(name))),
      ...(Object.keys(sheet).length > 0 ? { sheet } : {}),
    },
  }
}

/**
 * @param sent  the draft as it was when it was sent
 * @returns what has been written since the table took in `sent`; what was sent of the same field has been seen
 */
export function afterSaving(draft: SheetDraft, sent: SheetDraft, { fields, revisions }: Kept): SheetDraft {
  const left = namesIn(draft).flatMap((name): readonly (readonly [FieldName, DraftedField])[] => {
    const field = draft[name]
    if (field === undefined || isSame(field.value, fields[name])) return []
    const wasSent = sent[name] !== undefined && sent[name].value !== field.value
    return [[name, wasSent ? { ...field, seen: revisions[name] ?? 0 } : field]]
  })
  return Object.fromEntries(left)
}

/** @returns a character as drafts are compared with it; null where the viewer may not read its sheet */
export function toKept(fields: SheetFields | null, { revisions }: Character): Kept | null {
  return fields && { fields, revisions: revisions ?? {} }
}
