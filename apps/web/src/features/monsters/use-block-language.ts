import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLanguage } from '../../i18n/create-translations'
import type { BlockLanguage } from './stat-block'

/** @returns how stat blocks speak to this reader */
export function useBlockLanguage(): ComputedRef<BlockLanguage> {
  const { t } = useI18n()
  const { language } = useLanguage()
  return computed(() => ({
    language: language.value,
    ...catalogueOf(language.value),
    say: (key, params = {}) => t(`monsters.block.${key}`, params),
  }))
}
