import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { useApi } from '../../services/api'
import { useTableRoom } from '../table/table-room'
import { type Claim, claimCalls } from './people-api'
import { useRequest } from './use-request'

/** @returns the open claims after an event: one more, or one less because somebody answered or nobody did in time */
export function afterEvent(claims: readonly Claim[], event: RecordedTableEvent): readonly Claim[] {
  if (event.name !== 'seat.claimed') return claims
  const { id, name, state } = event.payload
  const others = claims.filter((claim) => claim.id !== id)
  return state === 'open' ? [...others, { id, name }] : others
}

/** Who says that a seat is theirs, and the game master's answer. */
export function useClaims() {
  const { onEvent, connection, isSteward } = useTableRoom()
  const calls = claimCalls(useApi().http)
  const { ask, isBusy, failure } = useRequest()
  // Apart, so that what the list could not say never stands beside a claim.
  const listing = useRequest()
  const claims = shallowRef<readonly Claim[]>([])

  async function load(): Promise<void> {
    const listed = await listing.ask(() => calls.open())
    if (listed !== null) claims.value = listed.answer
  }

  async function answer(id: string, verdict: 'approve' | 'decline'): Promise<void> {
    if ((await ask(() => calls.answer(id, verdict))) !== null)
      claims.value = claims.value.filter((claim) => claim.id !== id)
  }

  onScopeDispose(onEvent((event) => void (claims.value = afterEvent(claims.value, event))))
  // Whoever comes back may have missed some; and only the table's own game master may ask.
  watch(
    () => connection.value.kind === 'live' && isSteward.value,
    (canAsk) => {
      if (canAsk) void load()
    },
    { immediate: true },
  )
  return { claims, answer, isBusy, failure }
}
