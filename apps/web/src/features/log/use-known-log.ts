import { logOf } from '@innkeeper/tabletop/table/log-of'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useApi } from '../../services/api'
import { useTableRoom } from '../table/table-room'
import { addNews, addOlder, meetState, startLog } from './known-log'
import { readLogPage } from './log-api'

/** All of the log that this page has read: the state's own, what has happened since, and older pages on request. */
export function useKnownLog() {
  const { table, role, isFrozen, onEvent } = useTableRoom()
  const { http } = useApi()
  const known = shallowRef(startLog(table.value.log))
  const isLoading = ref(false)
  const hasFailed = ref(false)

  onScopeDispose(onEvent((event) => void (known.value = addNews(known.value, logOf(event)))))
  // A welcome brings a state without events; with another role it is another log.
  watch(table, ({ log }) => void (known.value = meetState(known.value, log)))
  watch(role, () => void (known.value = startLog(table.value.log)))

  // The server would answer with what its asker may read, which is not the log of a frozen table.
  const hasOlder = computed(() => known.value.from > 1 && !isFrozen)

  async function loadOlder(): Promise<void> {
    if (isLoading.value || !hasOlder.value) return
    isLoading.value = true
    hasFailed.value = false
    const { from } = known.value
    try {
      const { entries, before } = await readLogPage(http, from)
      // Started anew meanwhile: this page belongs elsewhere.
      if (known.value.from === from) known.value = addOlder(known.value, entries, before ?? 1)
    } catch {
      hasFailed.value = true
    } finally {
      isLoading.value = false
    }
  }

  return { known, hasOlder, isLoading, hasFailed, loadOlder }
}
