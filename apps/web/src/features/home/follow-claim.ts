import { parseProblem } from '../../services/problem-text'
import type { TakenSeat } from '../../services/seat'
import type { Claim, ClaimApi } from './claim-api'

/** How a claim stands. `isUnheard`: the server could not be asked just now; the claim itself goes on. */
export type ClaimState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'waiting'; readonly isUnheard: boolean }
  | { readonly kind: 'granted'; readonly taken: TakenSeat }
  | { readonly kind: 'declined' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly error: unknown }

/** What following a claim stands on. `pause` resolves when it is time to ask again. */
export interface ClaimPorts {
  readonly api: ClaimApi
  readonly signal: AbortSignal
  pause(): Promise<void>
}

/**
 * Makes a claim and asks for its answer until there is one, or until the signal. After the signal nothing is told any
 * more: a seat that was granted in that moment can still be claimed anew.
 */
export async function followClaim(
  seat: { readonly code: string; readonly name: string },
  { api, signal, pause }: ClaimPorts,
  onState: (state: ClaimState) => void,
): Promise<void> {
  const isOver = () => signal.aborted
  const tell = (state: ClaimState) => {
    if (!isOver()) onState(state)
  }
  tell({ kind: 'asking' })
  const claim = await api.make(seat).catch((error: unknown) => tell({ kind: 'refused', error }))
  if (claim === undefined) return
  tell({ kind: 'waiting', isUnheard: false })
  while (!isOver()) {
    await pause()
    if (isOver()) return
    const state = await ask(api, claim)
    tell(state)
    if (state.kind !== 'waiting') return
  }
}

async function ask(api: ClaimApi, claim: Claim): Promise<ClaimState> {
  try {
    const taken = await api.ask(claim)
    return taken === null ? { kind: 'waiting', isUnheard: false } : { kind: 'granted', taken }
  } catch (error) {
    switch (parseProblem(error)?.['type']) {
      case '/problems/claim-declined':
        return { kind: 'declined' }
      case '/problems/not-found':
        return { kind: 'expired' }
      default:
        // No network, or a server that is busy or starts again: the claim is in its database and goes on.
        return { kind: 'waiting', isUnheard: true }
    }
  }
}
