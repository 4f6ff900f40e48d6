import type { TokenPair } from '@innkeeper/client/token-refresh'
import { defineStore } from 'pinia'
import { inject, type InjectionKey, ref, shallowRef } from 'vue'
import type { Seat, TakenSeat } from '../services/seat'
import type { SeatStorage } from '../services/seat-storage'

/** Provided once by `main.ts`. */
export const seatStorageKey: InjectionKey<SeatStorage> = Symbol('seat storage')

const awayReasons = ['revoked', 'expired', 'reused', 'closed'] as const

/** Why the seat is gone, when its player did not leave by themselves. */
export type AwayReason = (typeof awayReasons)[number]

/** The seat that this browser holds, the same in every tab. */
export const useSession = defineStore('session', () => {
  const storage = inject(seatStorageKey)
  if (storage === undefined) throw new Error('No seat storage is provided')

  const seat = shallowRef<Seat | null>(storage.load())
  const recoveryKey = ref<string | null>(null)
  const awayReason = ref<AwayReason | null>(null)
  storage.onChange((why) => {
    seat.value = storage.load()
    if (seat.value === null) awayReason.value = parseAwayReason(why) ?? awayReason.value
  })

  function take(taken: TakenSeat): void {
    keep(taken.seat)
    recoveryKey.value = taken.recoveryKey
    awayReason.value = null
  }

  /** @returns the tokens as storage has them now: another tab may have renewed them a moment ago */
  function currentTokens(): TokenPair | null {
    return storage?.load()?.tokens ?? null
  }

  /** @returns which seat storage has now, without what could open it */
  function currentSeat(): string | null {
    const current = storage?.load()
    return current ? `${current.session.id}.${current.player.uuid}` : null
  }

  /** @returns whether this browser still holds that very sign-in: another tab may have taken another seat a moment ago */
  function holds({ channelToken }: Seat): boolean {
    return storage?.load()?.channelToken === channelToken
  }

  function renewTokens(tokens: TokenPair): void {
    const current = storage?.load()
    if (current) keep({ ...current, tokens })
  }

  /** Keeps what the server says of the table and its player now: a code, a name or a role may have changed. */
  function amend(news: Pick<Seat, 'session' | 'player'>): void {
    const current = storage?.load()
    if (current?.player.uuid !== news.player.uuid) return
    const { session, player } = news
    if (JSON.stringify([session, player]) === JSON.stringify([current.session, current.player])) return
    keep({ ...current, session, player })
  }

  /** @param reason  shown on the home page; null when the player chose to leave */
  function leave(reason: AwayReason | null): void {
    storage?.clear(reason)
    seat.value = null
    recoveryKey.value = null
    awayReason.value = reason
  }

  function keep(next: Seat): void {
    storage?.save(next)
    seat.value = next
  }

  return {
    ...{ seat, recoveryKey, awayReason },
    ...{ take, amend, leave, holds },
    ...{ currentTokens, currentSeat, renewTokens },
  }
})

/** Another tab says it; that one may be of another version. */
function parseAwayReason(why: string | null): AwayReason | null {
  return awayReasons.find((reason) => reason === why) ?? null
}
