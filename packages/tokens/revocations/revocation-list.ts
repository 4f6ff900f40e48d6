import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { assertNever, type Clock, type Log } from '@innkeeper/protocol/tools'
import type { RevocableToken, Revocation } from './revocations'

/** The part that every adapter keeps in memory. */
export interface RevocationList {
  has(token: RevocableToken): boolean
  /** Takes one in and tells the listeners, unless it is known or over. */
  add(revocation: Revocation): void
  onAdded(listener: (revocation: Revocation) => void): () => void
}

type SignIns = Map<SignInId, number>
type Players = Map<PlayerUuid, { readonly beforeMs: number; readonly untilMs: number }>

interface Known {
  readonly signIns: SignIns
  readonly players: Players
  /** By issuer: until when its last lost key is told. */
  readonly keys: Map<string, number>
}

/** An empty list. What is over is dropped while new ones come in. */
export function createRevocationList({
  clock,
  log,
}: {
  readonly clock: Clock
  readonly log: Log
}): RevocationList {
  const signIns: SignIns = new Map()
  const players: Players = new Map()
  const known: Known = { signIns, players, keys: new Map() }
  const listeners = new Set<(revocation: Revocation) => void>()

  function tell(revocation: Revocation): void {
    for (const listener of listeners) {
      try {
        listener(revocation)
      } catch (error) {
        log.error({ error }, 'A listener to revocations failed')
      }
    }
  }

  return {
    has({ sid, uuid, iat }) {
      if (sid !== undefined && signIns.has(sid)) return true
      const player = players.get(uuid)
      return player !== undefined && iat * 1000 <= player.beforeMs
    },
    add(revocation) {
      const nowMs = clock()
      dropOver(signIns, (untilMs) => untilMs <= nowMs)
      dropOver(players, ({ untilMs }) => untilMs <= nowMs)
      if (revocation.untilMs > nowMs && store(revocation, known)) tell(revocation)
    },
    onAdded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** @returns whether tokens that were good until now no longer are */
function store(revocation: Revocation, { signIns, players, keys }: Known): boolean {
  switch (revocation.kind) {
    case 'sign-in': {
      const { sid, untilMs } = revocation
      const knownUntilMs = signIns.get(sid)
      // Taken out first, so that the map's order is the order of arrival, as dropping expects it.
      signIns.delete(sid)
      signIns.set(sid, Math.max(untilMs, knownUntilMs ?? 0))
      return knownUntilMs === undefined
    }
    case 'player': {
      const { uuid, beforeMs, untilMs } = revocation
      if (beforeMs <= (players.get(uuid)?.beforeMs ?? Number.NEGATIVE_INFINITY)) return false
      players.delete(uuid)
      players.set(uuid, { beforeMs, untilMs })
      return true
    }
    case 'keys': {
      const { issuer, untilMs } = revocation
      if (untilMs <= (keys.get(issuer) ?? 0)) return false
      keys.set(issuer, untilMs)
      return true
    }
    default:
      return assertNever(revocation)
  }
}

/** Looks at the oldest alone: later ones mostly end later, and one that lingers does no harm. */
function dropOver<Key, Value>(map: Map<Key, Value>, isOver: (value: Value) => boolean): void {
  for (const [key, value] of map) {
    if (!isOver(value)) return
    map.delete(key)
  }
}
