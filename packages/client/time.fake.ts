/** Time that moves when a test says so, and runs what became due meanwhile, in order. */
export class FakeTime {
  #ticks = 0
  /** What the wall clock is ahead of the ticks by: a sleep or a hand on the clock moves it. */
  #wallMs = 1_795_296_000_000
  readonly #timers = new Set<{ readonly atTicks: number; readonly work: () => void }>()

  readonly now = () => this.#wallMs + this.#ticks
  readonly ticks = () => this.#ticks
  readonly after = (ms: number, work: () => void) => {
    const timer = { atTicks: this.#ticks + ms, work }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  get timers(): number {
    return this.#timers.size
  }

  advance(ms: number): void {
    const end = this.#ticks + ms
    for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
      this.#timers.delete(next)
      this.#ticks = Math.max(this.#ticks, next.atTicks)
      next.work()
    }
    this.#ticks = end
  }

  /** Runs what waits longest, however far away it is. @returns whether there was anything */
  runNext(): boolean {
    const next = this.#nextUntil(Infinity)
    if (next !== undefined) this.advance(Math.max(0, next.atTicks - this.#ticks))
    return next !== undefined
  }

  /** The page is suspended: timers do not run, and come late when it wakes. */
  suspend(ms: number): void {
    this.#ticks += ms
  }

  /** The machine sleeps: not even the ticks go on, where the system holds them. */
  sleep(ms: number): void {
    this.#wallMs += ms
  }

  #nextUntil(end: number) {
    const due = [...this.#timers].filter(({ atTicks }) => atTicks <= end)
    return due.toSorted((a, b) => a.atTicks - b.atTicks)[0]
  }
}
