import { damageFault } from '@innkeeper/tabletop/characters/damage-notation'
import { sheetLimits } from '@innkeeper/tabletop/characters/sheet-limits'
import type { FieldName, SheetFields } from './sheet-fields'

/** What keeps a field from being saved. */
export interface SheetFault {
  readonly field: FieldName
  /** Place in a list; null: the field as a whole. */
  readonly index: number | null
  readonly what: 'name' | 'dice' | 'levels'
}

/** @returns what has to be mended before the fields can be saved; numbers are kept within their limits as they are typed */
export function faultsIn(fields: SheetFields, names: readonly FieldName[]): readonly SheetFault[] {
  return names.flatMap((name) => faultsOf(name, fields))
}

function faultsOf(field: FieldName, fields: SheetFields): readonly SheetFault[] {
  switch (field) {
    case 'name':
      return fields.name.trim() === '' ? [{ field, index: null, what: 'name' }] : []
    case 'classes':
      return [...namelessIn(field, fields.classes), ...tooManyLevels(fields)]
    case 'attacks':
      return [
        ...namelessIn(field, fields.attacks),
        ...fields.attacks.flatMap(({ damage }, index): readonly SheetFault[] =>
          isDamage(damage) ? [] : [{ field, index, what: 'dice' }],
        ),
      ]
    case 'resources':
    case 'features':
    case 'inventory':
      return namelessIn(field, fields[field])
    default:
      return []
  }
}

function namelessIn(field: FieldName, entries: readonly { readonly name: string }[]): readonly SheetFault[] {
  return entries.flatMap(({ name }, index): readonly SheetFault[] =>
    name.trim() === '' ? [{ field, index, what: 'name' }] : [],
  )
}

function tooManyLevels({ classes }: SheetFields): readonly SheetFault[] {
  const levels = classes.reduce((sum, { level }) => sum + level, 0)
  return levels > sheetLimits.levels ? [{ field: 'classes', index: null, what: 'levels' }] : []
}

function isDamage(damage: string): boolean {
  return damage.trim() === '' || damageFault(damage.trim()) === null
}
