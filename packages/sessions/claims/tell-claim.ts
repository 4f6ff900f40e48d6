import type { PlayerUuid } from '@innkeeper/protocol/ids'
import type { ClaimNews, TableSteward } from '../table-steward'
import type { Claim } from './claim-book'

/** Tells the game master of a claim, live: its state, or `news.state` where that is another. `by`: who answered. */
export async function tellClaim(
  steward: TableSteward,
  { id, name, uuid, sessionId, state }: Claim,
  news: { readonly state?: ClaimNews['state']; readonly by?: PlayerUuid } = {},
): Promise<void> {
  const payload = { id, name, uuid, state: news.state ?? state }
  await steward.tell(sessionId, { name: 'seat.claim', payload }, news.by)
}
