interface Count {
  sockets: number
  /** Those of them that are not inside yet. */
  entering: number
}

/** Sockets by their address, so that no address has more than its share; asked for every upgrade. */
export class SocketCounts {
  readonly #byIp = new Map<string, Count>()

  of(ip: string): Readonly<Count> {
    return this.#byIp.get(ip) ?? { sockets: 0, entering: 0 }
  }

  opened(ip: string, isEntering: boolean): void {
    const { sockets, entering } = this.of(ip)
    this.#byIp.set(ip, { sockets: sockets + 1, entering: entering + (isEntering ? 1 : 0) })
  }

  /** One that was entering is inside now. */
  settled(ip: string): void {
    const count = this.#byIp.get(ip)
    if (count) count.entering -= 1
  }

  closed(ip: string, wasEntering: boolean): void {
    const count = this.#byIp.get(ip)
    if (!count) return
    count.sockets -= 1
    if (wasEntering) count.entering -= 1
    if (count.sockets === 0) this.#byIp.delete(ip)
  }
}
