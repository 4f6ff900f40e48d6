/** Follows `seq` through welcomes, resumes and drops, and tells a gap from a repetition. */
export class Sequence {
  #last: number | null = null
  #newest = 0
  #followedSinceWelcome = 0

  /** The last event that was followed: the `since` of a resume. Null asks for the whole state. */
  get last(): number | null {
    return this.#last
  }

  /** False while the events of a resume are still coming in. */
  hasCaughtUp(): boolean {
    return this.#last !== null && this.#last >= this.#newest
  }

  welcomed(seq: number, resumed: boolean): void {
    if (!resumed || this.#last === null) this.#last = seq
    this.#newest = seq
    this.#followedSinceWelcome = 0
  }

  /** @returns `next`: fold it; `old`: seen before; `gap`: something is missing, so ask for it again */
  follow(seq: number): 'next' | 'old' | 'gap' {
    // Before a welcome there is nothing to fold onto.
    if (this.#last === null || seq <= this.#last) return 'old'
    if (seq > this.#last + 1) {
      // A gap straight after a welcome: resuming is what just failed, so only the whole state helps.
      if (this.#followedSinceWelcome === 0) this.#last = null
      return 'gap'
    }
    this.#last = seq
    this.#followedSinceWelcome += 1
    return 'next'
  }
}
