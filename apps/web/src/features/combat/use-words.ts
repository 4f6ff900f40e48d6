import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import { computed } from 'vue'
import { useLanguage } from '../../i18n/create-translations'

/** @returns the names of conditions, damage types and the like in the reader's language */
export function useWords() {
  const { language } = useLanguage()
  return computed(() => catalogueOf(language.value).words)
}
