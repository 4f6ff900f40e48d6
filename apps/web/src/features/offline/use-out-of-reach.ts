import type { ConnectionState } from '@innkeeper/client/connection-state'
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'

/** A server that sleeps does not even refuse; nobody should look at an empty page for as long as that takes. */
const patienceMs = 2_500

/**
 * @returns since when (epoch ms) the table has been out of reach, to say it and to show what was kept; null while it is
 *   reached, or may be at any moment
 */
export function useOutOfReach(state: Readonly<Ref<ConnectionState>>): Readonly<Ref<number | null>> {
  const since = shallowRef<number | null>(null)
  const openedAt = Date.now()
  const lose = () => (since.value ??= openedAt)
  const timer = setTimeout(() => state.value.kind === 'connecting' && lose(), patienceMs)
  onScopeDispose(() => clearTimeout(timer))
  watch(
    () => state.value.kind,
    (kind) => {
      if (kind === 'live') since.value = null
      if (kind === 'waiting') lose()
    },
    { immediate: true },
  )
  return since
}
