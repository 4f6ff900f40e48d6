import type { Effects } from './effects'

/** After a silence of this length a live socket is asked whether it still is. */
const silenceMs = 20_000
/** Without a word by then it is not. */
const answerMs = 5_000

/** How a socket is asked, and what happens when it does not answer. */
export interface PulseEvents {
  ask(): void
  onSilence(): void
}

/**
 * Notices a line that is dead and does not say so. Browsers answer a server's pings by themselves and tell the page
 * nothing; a phone that went into a tunnel would look connected for minutes, and only listen.
 */
export class Pulse {
  readonly #effects: Pick<Effects, 'ticks' | 'after'>
  readonly #events: PulseEvents
  #heardAt = 0
  #cancelTimer: () => void = () => {}

  constructor(effects: Pick<Effects, 'ticks' | 'after'>, events: PulseEvents) {
    this.#effects = effects
    this.#events = events
  }

  /** To be told of every frame. */
  heard(): void {
    this.#heardAt = this.#effects.ticks()
  }

  start(): void {
    this.stop()
    this.#look()
  }

  stop(): void {
    this.#cancelTimer()
  }

  #look(): void {
    const leftMs = this.#heardAt + silenceMs - this.#effects.ticks()
    if (leftMs > 0) this.#cancelTimer = this.#effects.after(leftMs, () => this.#look())
    else this.#ask()
  }

  #ask(): void {
    const askedAt = this.#effects.ticks()
    this.#events.ask()
    this.#cancelTimer = this.#effects.after(answerMs, () => {
      if (this.#heardAt < askedAt) this.#events.onSilence()
      else this.#look()
    })
  }
}
