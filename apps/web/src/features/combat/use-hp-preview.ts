import { printDiceFor } from '@innkeeper/tabletop/language/print-dice-for'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLanguage } from '../../i18n/create-translations'
import type { HpEntry, HpReading } from './parse-hp-entry'

/** An entry on its way, and whom it is for. */
export interface PendingHp {
  readonly reading: Readonly<Ref<HpReading>>
  readonly entry: Readonly<Ref<HpEntry | null>>
  readonly targets: Readonly<Ref<readonly { readonly name: string }[]>>
  /** How many of them have half of it. */
  readonly halved: Readonly<Ref<number>>
}

/** @returns `whom` in a few words, and what sending the entry would mean: `2 creatures · Damage: 5 fire · half for 1` */
export function useHpPreview({ reading, entry, targets, halved }: PendingHp) {
  const { t } = useI18n()
  const { language, words } = useLanguage()

  const whom = computed(() => {
    const [only] = targets.value
    if (only === undefined) return t('combat.hp')
    return targets.value.length === 1 ? only.name : t('combat.targets', targets.value.length)
  })

  function say(known: HpEntry): string {
    const { verb, amount } = known
    const shown = typeof amount === 'number' ? String(amount) : printDiceFor(language.value, amount)
    const type = verb === 'damage' && known.type !== null ? ` ${words.value.damageTypes[known.type]}` : ''
    const half = verb === 'damage' && halved.value > 0 ? ` · ${t('fightSheet.halfFor', halved.value)}` : ''
    return `${whom.value} · ${t(`fightSheet.verb.${verb}`)}: ${shown}${type}${half}`
  }

  const preview = computed(() => {
    if (targets.value.length === 0) return t('fightSheet.noTarget')
    if (entry.value !== null) return say(entry.value)
    const problem = 'problem' in reading.value ? reading.value.problem : 'empty'
    return problem === 'empty' ? t('fightSheet.hpHint') : t(`fightSheet.hpProblem.${problem}`)
  })

  return { whom, preview }
}
