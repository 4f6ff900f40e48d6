import { type DamageType, damageTypes } from '@innkeeper/tabletop/table/creatures'
import { computed, ref, shallowRef } from 'vue'
import { useLanguage } from '../../i18n/create-translations'
import type { HitFlags } from './hit-flags'
import { type HpEntry, type HpVerb, parseHpEntry, withoutSign } from './parse-hp-entry'
import { toHpCommands } from './to-hp-commands'
import { useFight } from './use-fight'
import type { FightCommand } from './use-fight-command'

const noFlags: HitFlags = { isMagical: false, isCritical: false, isNonlethal: false, material: null }

/** How many kinds of damage are kept in front, as those that this fight is about. */
const recentMax = 3

/** What is being entered for hit points: the text, the chips around it, and what they come to together. */
export function useHpEntry() {
  const { creatures: targets, verb: usual, recentTypes } = useFight()
  const { words } = useLanguage()
  const text = ref('')
  const verb = ref<HpVerb>(usual.value)
  const chosenType = ref<DamageType | null>(null)
  const halved = shallowRef<ReadonlySet<string>>(new Set())
  const flags = shallowRef<HitFlags>(noFlags)

  const reading = computed(() =>
    parseHpEntry(text.value, { verb: verb.value, types: words.value.damageTypes }),
  )
  const entry = computed<HpEntry | null>(() => {
    if (!('entry' in reading.value)) return null
    const read = reading.value.entry
    return read.verb === 'damage' ? { ...read, type: read.type ?? chosenType.value } : read
  })
  /** A sign that is typed says more than the chip. */
  const shownVerb = computed({
    get: () => ('entry' in reading.value ? reading.value.entry.verb : verb.value),
    set(value) {
      verb.value = value
      text.value = withoutSign(text.value)
    },
  })
  const halvedTargets = computed(() => targets.value.filter(({ id }) => halved.value.has(id)).length)

  const commands = computed<readonly FightCommand[]>(() => {
    const ids = targets.value.map(({ id }) => id)
    if (entry.value === null || ids.length === 0) return []
    return toHpCommands(entry.value, { ids, halved: halved.value, ...flags.value })
  })

  function toggleHalf(ids: readonly string[]): void {
    const isOn = ids.every((id) => halved.value.has(id))
    const others = [...halved.value].filter((id) => !ids.includes(id))
    halved.value = new Set(isOn ? others : [...others, ...ids])
  }

  function rememberType(): void {
    const type = entry.value?.verb === 'damage' ? entry.value.type : null
    if (type === null) return
    recentTypes.value = [type, ...recentTypes.value.filter((known) => known !== type)].slice(0, recentMax)
  }

  return {
    text,
    verb: shownVerb,
    chosenType,
    halved,
    flags,
    reading,
    entry,
    halvedTargets,
    commands,
    types: computed(() => [...new Set([...recentTypes.value, ...damageTypes])]),
    toggleHalf,
    rememberType,
  }
}
