import { computed, type ComputedRef, inject, type InjectionKey, provide, type Ref, shallowRef } from 'vue'
import type { Character } from '@innkeeper/tabletop/characters/character'
import { useCharacterCommand } from '../use-character-command'
import { dropDraft, loadDraft, saveDraft } from './draft-storage'
import {
  afterSaving,
  conflictsIn,
  keepMine,
  type Kept,
  namesIn,
  parseSheetDraft,
  type SheetDraft,
  toEdit,
  toKept,
  without,
  write,
} from './sheet-draft'
import { type FieldName, fieldsOf, type SheetFields } from './sheet-fields'

/** What is being written about one character, and what somebody else has made of it meanwhile. */
export interface SheetEditor {
  /** The fields as the form has them: those of the table, and over them the drafted ones. */
  readonly fields: ComputedRef<SheetFields>
  /** The fields as the table has them. */
  readonly kept: ComputedRef<SheetFields>
  readonly changed: ComputedRef<readonly FieldName[]>
  readonly conflicts: ComputedRef<readonly FieldName[]>
  readonly isBusy: Readonly<Ref<boolean>>
  readonly failure: Readonly<Ref<string | null>>
  write<Name extends FieldName>(name: Name, value: SheetFields[Name]): void
  keepMine(name: FieldName): void
  takeTheirs(name: FieldName): void
  discard(): void
  /** @returns whether nothing is left to save */
  save(): Promise<boolean>
}

const editorKey: InjectionKey<SheetEditor> = Symbol('sheet editor')

/**
 * Edits a character. Whatever is typed is kept in the tab at once, so that neither a reload nor an update of the page
 * loses it.
 *
 * @param character  as the table has it now; with a sheet
 */
export function provideSheetEditor(character: () => Character): SheetEditor {
  const { id } = character()
  const { run, isBusy, failure } = useCharacterCommand()
  const draft = shallowRef<SheetDraft>(parseSheetDraft(loadDraft(id)))
  const kept = computed(() => keptOf(character()))

  function set(next: SheetDraft): void {
    draft.value = next
    if (namesIn(next).length === 0) dropDraft(id)
    else saveDraft(id, next)
  }

  async function save(): Promise<boolean> {
    const sent = draft.value
    const edit = toEdit(sent, kept.value)
    if (edit === null) return namesIn(sent).length === 0
    const event = await run('character.edit', { id, ...edit })
    if (event !== null) set(afterSaving(draft.value, sent, kept.value))
    return namesIn(draft.value).length === 0
  }

  const editor: SheetEditor = {
    fields: computed(() => withDraft(kept.value.fields, draft.value)),
    kept: computed(() => kept.value.fields),
    changed: computed(() => namesIn(draft.value)),
    conflicts: computed(() => conflictsIn(draft.value, kept.value)),
    isBusy,
    failure,
    write: (name, value) => set(write(draft.value, kept.value, { name, value })),
    keepMine: (name) => set(keepMine(draft.value, name, kept.value)),
    takeTheirs: (name) => set(without(draft.value, [name])),
    discard: () => set({}),
    save,
  }
  provide(editorKey, editor)
  return editor
}

/** @returns the editor that the component is part of */
export function useSheetEditor(): SheetEditor {
  const editor = inject(editorKey)
  if (editor === undefined) throw new Error('No sheet editor is provided')
  return editor
}

/** @returns one field to read and to write; what is written is drafted */
export function useSheetField<Name extends FieldName>(name: Name) {
  const editor = useSheetEditor()
  return computed<SheetFields[Name]>({
    get: () => editor.fields.value[name],
    set: (value) => editor.write(name, value),
  })
}

function withDraft(fields: SheetFields, draft: SheetDraft): SheetFields {
  return parseFields({
    ...fields,
    ...Object.fromEntries(namesIn(draft).map((name) => [name, draft[name]?.value])),
  })
}

/** A draft holds what `write` took in, each field in its own shape. */
function parseFields(fields: object): SheetFields {
  return fields as SheetFields
}

function keptOf(character: Character): Kept {
  const kept = toKept(fieldsOf(character), character)
  if (kept === null) throw new Error('This sheet may not be read, so it is not edited')
  return kept
}
