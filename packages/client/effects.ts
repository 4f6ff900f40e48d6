import type { Clock, Random } from '@innkeeper/protocol/tools'

/** One socket, opened. Both calls are safe after its end. */
export interface Socket {
  send(text: string): void
  close(): void
}

/** What a socket reports. `onClose` comes once; nothing comes after it. */
export interface SocketEvents {
  onText(text: string): void
  onClose(code: number, reason: string): void
}

/** Everything that a connection takes from the world; `webPlatform()` is the usual one. */
export interface Effects {
  readonly now: Clock
  /** Milliseconds of a clock that nobody can set, from any beginning: for how long, never for when. */
  readonly ticks: Clock
  readonly random: Pick<Random, 'below' | 'uuid'>
  /** Runs `work` once after `ms`. @returns a function that calls it off */
  after(ms: number, work: () => void): () => void
  openSocket(url: string, protocols: readonly string[], events: SocketEvents): Socket
}
