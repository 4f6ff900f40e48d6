import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { faultsIn } from './sheet-faults'
import type { FieldName } from './sheet-fields'
import { useSheetEditor } from './use-sheet-editor'

/** @returns what is wrong with a field that was changed, where the field is written */
export function useFaults(): ComputedRef<{
  textOf(field: FieldName, index: number | null, what?: 'name' | 'dice'): string | null
  indexesIn(field: FieldName): readonly number[]
}> {
  const { fields, changed } = useSheetEditor()
  const { t } = useI18n()
  return computed(() => {
    const faults = faultsIn(fields.value, changed.value)
    return {
      textOf(field, index, what = 'name') {
        const isThere = faults.some((one) => one.field === field && one.index === index && one.what === what)
        return isThere ? t(`sheet.fault.${what}`) : null
      },
      indexesIn: (field) =>
        faults.flatMap((one) => (one.field === field && one.index !== null ? [one.index] : [])),
    }
  })
}
