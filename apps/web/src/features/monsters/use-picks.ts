import { computed, shallowRef } from 'vue'
import { useLanguage } from '../../i18n/create-translations'
import { type MonsterBrief, nameIn } from './monster-brief'
import {
  headCount,
  type HandStats,
  type NewcomerPick,
  pickByHand,
  pickMonster,
  withCount,
  withOneMore,
} from './newcomers'

/** Who was chosen to come, until they are brought. */
export function usePicks() {
  const { language } = useLanguage()
  const picks = shallowRef<readonly NewcomerPick[]>([])
  const made = { count: 0 }
  const ownKey = () => {
    made.count += 1
    return `own:${made.count}`
  }

  return {
    picks,
    heads: computed(() => headCount(picks.value)),
    characters: computed(
      () => new Set(picks.value.filter(({ kind }) => kind === 'character').map(({ key }) => key)),
    ),
    countOf: (monster: MonsterBrief) => {
      const pick = picks.value.find(({ key }) => key === `monster:${monster.id}`)
      return pick?.kind === 'creature' ? pick.count : 0
    },
    setCount(monster: MonsterBrief, count: number) {
      const one = pickMonster(monster, nameIn(language.value, monster))
      const isNew = !picks.value.some(({ key }) => key === one.key)
      picks.value = isNew ? withOneMore(picks.value, one) : withCount(picks.value, one.key, count)
    },
    addByHand(stats: HandStats, count: number) {
      picks.value = [...picks.value, pickByHand(ownKey(), stats, count)]
    },
    addLair(name: string) {
      picks.value = [...picks.value, { kind: 'lair', key: ownKey(), name, isHidden: false }]
    },
    toggleCharacter({ id, name }: { readonly id: string; readonly name: string }) {
      const isChosen = picks.value.some(({ key }) => key === id)
      picks.value = isChosen
        ? withCount(picks.value, id, 0)
        : [...picks.value, { kind: 'character', key: id, name, initiative: null }]
    },
  }
}
