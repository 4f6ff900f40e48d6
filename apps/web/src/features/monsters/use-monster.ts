import type { Monster } from '@innkeeper/tabletop/compendium/monster'
import { isAxiosError } from 'axios'
import { shallowRef, watch } from 'vue'
import { useApi } from '../../services/api'
import { loadMonster } from './monster-api'

/** What is known of a monster that somebody wants to read. */
export type WantedMonster =
  | { readonly kind: 'busy' }
  | { readonly kind: 'here'; readonly monster: Monster }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable' }

/** @param id  the slug wanted now; null while none is */
export function useMonster(id: () => string | null) {
  const { http } = useApi()
  const wanted = shallowRef<WantedMonster>({ kind: 'busy' })

  async function load(): Promise<void> {
    const slug = id()
    if (slug === null) return
    wanted.value = { kind: 'busy' }
    const answer = await loadMonster(http, slug).then(
      (monster): WantedMonster => ({ kind: 'here', monster }),
      (error: unknown): WantedMonster =>
        isAxiosError(error) && error.response?.status === 404 ? { kind: 'unknown' } : { kind: 'unreachable' },
    )
    // Another one may be wanted by now.
    if (id() === slug) wanted.value = answer
  }

  watch(id, () => void load(), { immediate: true })
  return { wanted, again: load }
}
