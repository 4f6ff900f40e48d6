import { tabTexts, type Texts } from '../../services/kept-value'
import { parseRecord, parseStrings } from '../../services/parse'
import type { Claim, ClaimApi } from './claim-api'

/** Whose seat somebody says is theirs. */
export interface ClaimedSeat {
  readonly code: string
  readonly name: string
}

/** A claim that the game master has not answered yet. */
export interface PendingClaim {
  readonly seat: ClaimedSeat
  readonly claim: Claim
}

/** Where the one pending claim of a tab is kept, so that a reload goes on waiting instead of asking twice. */
export interface ClaimKeeper {
  /** @returns null: none, or none that this page can read */
  load(): PendingClaim | null
  save(pending: PendingClaim): void
  drop(): void
}

const key = 'innkeeper.claim'

/** @param texts  of this tab when it is left out */
export function tabClaim(texts: Texts = tabTexts()): ClaimKeeper {
  return {
    load: () => parsePendingClaim(texts.getItem(key)),
    save: (pending) => texts.setItem(key, JSON.stringify(pending)),
    drop: () => texts.removeItem(key),
  }
}

/** @returns the same, only that a claim that was made already is not made again */
export function keepsClaim(api: ClaimApi, kept: ClaimKeeper): ClaimApi {
  return {
    ...api,
    async make(seat) {
      const pending = kept.load()
      if (pending?.seat.code === seat.code && pending.seat.name === seat.name) return pending.claim
      const claim = await api.make(seat)
      kept.save({ seat, claim })
      return claim
    },
  }
}

function parsePendingClaim(text: string | null): PendingClaim | null {
  try {
    const { seat, claim } = parseRecord(JSON.parse(text ?? 'null'))
    return {
      seat: parseStrings(seat, ['code', 'name']),
      claim: parseStrings(claim, ['claimId', 'claimSecret']),
    }
  } catch {
    return null
  }
}
