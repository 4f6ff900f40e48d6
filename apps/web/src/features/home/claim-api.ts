import type { AxiosInstance } from 'axios'
import { parseRecord, parseStrings } from '../../services/parse'
import { parseTakenSeat, type TakenSeat } from '../../services/seat'

/** A claim that was made: what asks for its answer. */
export interface Claim {
  readonly claimId: string
  readonly claimSecret: string
}

/** The server's side of a claim. Calls throw an axios error with the server's problem in it. */
export interface ClaimApi {
  make(seat: { readonly code: string; readonly name: string }): Promise<Claim>
  /** @returns the seat, once the game master has said yes; null while nothing is said */
  ask(claim: Claim): Promise<TakenSeat | null>
}

/** @param http  without a token: whoever claims has none */
export function createClaimApi(http: AxiosInstance): ClaimApi {
  return {
    async make(seat) {
      const { data } = await http.post<unknown>('/api/session/claims', seat)
      return parseStrings(data, ['claimId', 'claimSecret'])
    },
    async ask({ claimId, claimSecret }) {
      const path = `/api/session/claims/${encodeURIComponent(claimId)}`
      const { data } = await http.post<unknown>(path, { claimSecret })
      return parseRecord(data)['state'] === 'pending' ? null : parseTakenSeat(data)
    },
  }
}
