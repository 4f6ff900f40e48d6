import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLanguage } from '../../../i18n/create-translations'
import type { SectionName } from './sheet-fields'

/** @returns what the parts of the editor are called: after their field where they have one, in the words of the log */
export function useSectionNames(): (section: SectionName) => string {
  const { t } = useI18n()
  const { language } = useLanguage()
  const names = computed((): Readonly<Record<SectionName, string>> => {
    const { fields } = catalogueOf(language.value).words
    return {
      identity: t('sheet.section.identity'),
      abilities: `${fields.abilities}, ${fields.saves}`,
      skills: fields.skills,
      body: t('sheet.section.body'),
      attacks: fields.attacks,
      spells: fields.spellcasting,
      resources: fields.resources,
      features: fields.features,
      tongues: `${fields.languages}, ${fields.proficiencies}`,
      defences: fields.defences,
      traits: fields.rollTraits,
      gear: `${fields.inventory}, ${fields.coins}`,
      notes: fields.notes,
      table: t('sheet.section.table'),
    }
  })
  return (section) => names.value[section]
}
