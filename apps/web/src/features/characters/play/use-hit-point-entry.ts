import type { DamageType } from '@innkeeper/tabletop/table/creatures'
import { computed, ref } from 'vue'
import { useLanguage } from '../../../i18n/create-translations'
import { type HpVerb, parseHpEntry, withoutSign } from '../../combat/parse-hp-entry'
import { toHpCommands } from '../../combat/to-hp-commands'
import type { FightCommand } from '../../combat/use-fight-command'

/** What is being entered for one character's hit points: the text, the chips around it, and what they come to. */
export function useHitPointEntry(id: () => string) {
  const { words } = useLanguage()
  const text = ref('')
  const chosenVerb = ref<HpVerb>('damage')
  const type = ref<DamageType | null>(null)
  const isHalved = ref(false)

  const reading = computed(() =>
    parseHpEntry(text.value, { verb: chosenVerb.value, types: words.value.damageTypes }),
  )
  const entry = computed(() => ('entry' in reading.value ? reading.value.entry : null))
  /** A sign that is typed says more than the chip. */
  const verb = computed({
    get: () => entry.value?.verb ?? chosenVerb.value,
    set(chosen: HpVerb) {
      chosenVerb.value = chosen
      text.value = withoutSign(text.value)
    },
  })
  const commands = computed<readonly FightCommand[]>(() => {
    const read = entry.value
    if (read === null) return []
    const typed = read.verb === 'damage' ? { ...read, type: read.type ?? type.value } : read
    const halved = new Set(isHalved.value ? [id()] : [])
    const plain = { isMagical: false, isCritical: false, isNonlethal: false, material: null }
    return toHpCommands(typed, { ids: [id()], halved, ...plain })
  })

  function clear(): void {
    text.value = ''
    type.value = null
    isHalved.value = false
  }

  return { text, verb, type, isHalved, reading, commands, clear }
}
