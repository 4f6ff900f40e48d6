import type { RoomConnection } from './connection'
import type { Effects } from './effects'

/**
 * How loudly a page says that it may not be up to date: nothing, a mark, words, a warning. `warning` at once when the
 * connection has ended.
 */
export type HonestyLevel = 'quiet' | 'icon' | 'words' | 'warning'

/** @param lostForMs  how long the room has been out of reach, or a command without its answer */
export function honestyLevel(lostForMs: number): HonestyLevel {
  if (lostForMs < 5_000) return 'quiet'
  if (lostForMs < 10_000) return 'icon'
  return lostForMs < 20_000 ? 'words' : 'warning'
}

const lookEveryMs = 1_000
/** A timer that comes later than this beyond its plan: the page was suspended, and nobody looked at it. */
const suspendedBeyondMs = 2_000

/**
 * Time as somebody in front of the page lived it.
 *
 * @param gapMs      since the last look
 * @param plannedMs  when this look was to happen
 * @returns what of the gap counts: all of it, or the plan alone when the page was suspended
 */
export function awakeMs(gapMs: number, plannedMs: number): number {
  return gapMs > plannedMs + suspendedBeyondMs ? plannedMs : gapMs
}

/**
 * Says how honest a page has to be about its connection: from a drop until the room is back, and from a command that
 * was sent until its answer. Looks once a second while there is something to say, and not at all else.
 *
 * @param onLevel  runs at every change of the level, the first time at once; with the ms that count, which a page may
 *   show in words
 * @returns a function that stops it
 */
export function followHonesty(
  connection: Pick<RoomConnection, 'state' | 'waiting' | 'follow'>,
  effects: Pick<Effects, 'ticks' | 'after'>,
  onLevel: (level: HonestyLevel, lostForMs: number) => void,
): () => void {
  const follower = new HonestyFollower(connection, effects, onLevel)
  const stopFollowing = connection.follow(() => follower.look())
  follower.look()
  return () => {
    stopFollowing()
    follower.stop()
  }
}

/** What is wrong: the line is gone, this command has no answer, or nothing. */
type Trouble = { readonly kind: 'lost' } | { readonly kind: 'unanswered'; readonly id: string } | null

class HonestyFollower {
  readonly #connection: Pick<RoomConnection, 'state' | 'waiting'>
  readonly #effects: Pick<Effects, 'ticks' | 'after'>
  readonly #onLevel: (level: HonestyLevel, lostForMs: number) => void
  #trouble: Trouble = null
  #countedMs = 0
  #lookedAt = 0
  #cancelTimer: (() => void) | null = null
  #told: HonestyLevel | null = null

  constructor(
    connection: Pick<RoomConnection, 'state' | 'waiting'>,
    effects: Pick<Effects, 'ticks' | 'after'>,
    onLevel: (level: HonestyLevel, lostForMs: number) => void,
  ) {
    this.#connection = connection
    this.#effects = effects
    this.#onLevel = onLevel
  }

  look(): void {
    const trouble = this.#findTrouble()
    const now = this.#effects.ticks()
    if (trouble !== null && goesOn(this.#trouble, trouble))
      this.#countedMs += awakeMs(now - this.#lookedAt, lookEveryMs)
    else this.#countedMs = 0
    this.#trouble = trouble
    this.#lookedAt = now
    this.#tell(this.#connection.state.kind === 'ended' ? 'warning' : honestyLevel(this.#countedMs))
    if (trouble === null) this.stop()
    else this.#cancelTimer ??= this.#effects.after(lookEveryMs, () => this.#lookAgain())
  }

  stop(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }

  #lookAgain(): void {
    this.#cancelTimer = null
    this.look()
  }

  #findTrouble(): Trouble {
    const { state, waiting } = this.#connection
    if (state.kind === 'ended') return null
    if (state.kind !== 'live') return { kind: 'lost' }
    const oldest = waiting.find(({ isSent }) => isSent)
    return oldest === undefined ? null : { kind: 'unanswered', id: oldest.id }
  }

  #tell(level: HonestyLevel): void {
    if (level === this.#told) return
    this.#told = level
    this.#onLevel(level, this.#countedMs)
  }
}

/** A command without an answer is often how a lost line shows first; a line that is back starts afresh. */
function goesOn(before: Trouble, now: Trouble): boolean {
  if (before === null || now === null) return false
  if (now.kind === 'lost') return true
  return before.kind === 'unanswered' && before.id === now.id
}
