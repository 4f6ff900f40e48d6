import type { HouseRules } from '@innkeeper/tabletop/rules/rules'
import type { TableState } from '@innkeeper/tabletop/table/table-state'
import type { TableEdit } from './table-api'

/** What can be set about a table. */
export type TableSettings = Pick<TableState, 'name' | 'language' | 'edition' | 'houseRules'>
/** The same while somebody changes it. */
export type SettingsForm = {
  -readonly [Key in Exclude<keyof TableSettings, 'houseRules'>]: TableSettings[Key]
} & { houseRules: { -readonly [Rule in keyof HouseRules]: HouseRules[Rule] } }

/** @returns a form that says what the table says */
export function toSettingsForm({ name, language, edition, houseRules }: TableSettings): SettingsForm {
  return { name, language, edition, houseRules: { ...houseRules } }
}

/** @returns only what is different in the form, so that nothing is undone that somebody else changed; null: nothing is */
export function toTableEdit(form: SettingsForm, table: TableSettings): TableEdit | null {
  const name = form.name.trim()
  const rules = Object.entries(form.houseRules).filter(
    ([rule, value]) => Object.entries(table.houseRules).find(([known]) => known === rule)?.[1] !== value,
  )
  const edit: TableEdit = {
    ...(name === '' || name === table.name ? {} : { name }),
    ...(form.language === table.language ? {} : { language: form.language }),
    ...(form.edition === table.edition ? {} : { edition: form.edition }),
    ...(rules.length === 0 ? {} : { houseRules: Object.fromEntries(rules) }),
  }
  return Object.keys(edit).length === 0 ? null : edit
}
