import type { SheetRoll } from '@innkeeper/tabletop/table/messages'
import { useI18n } from 'vue-i18n'
import { useLanguage } from '../../i18n/create-translations'
import { useTableRoom } from '../table/table-room'
import { sayCheck } from './say-check'

/** @returns a function that says what a roll off a sheet was for */
export function useCheckText(): (check: SheetRoll) => string {
  const { t } = useI18n()
  const { table } = useTableRoom()
  const { language } = useLanguage()
  return (check) =>
    sayCheck(check, table.value, {
      language: language.value,
      say: (kind, what) => t(`log.check.${kind}`, { what }).trim(),
    })
}
