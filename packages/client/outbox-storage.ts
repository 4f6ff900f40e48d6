/**
 * A command without an answer, as a page may list it. `sinceMs` is when it was given (epoch ms). `isSent`: it is on its
 * way, so it can no longer be called off.
 */
export interface WaitingCommand {
  readonly id: string
  readonly name: string
  readonly payload: unknown
  readonly sinceMs: number
  readonly isSent: boolean
}

/**
 * A waiting command as it survives a reload. `sentAtSeq`: the room's last known `seq` when it first went out; null when
 * it never did. It tells later whether the server still knows the command by its id.
 */
export interface StoredCommand extends Omit<WaitingCommand, 'isSent'> {
  readonly sentAtSeq: number | null
}

/**
 * Where commands wait that a reload must not lose; `webOutboxStorage` is the usual one. One room and one player each.
 * Neither call may throw: without storage the queue lives as long as the page does.
 */
export interface OutboxStorage {
  /** @returns what was saved last, in the order in which it was given */
  load(): readonly StoredCommand[]
  /** Replaces what this connection has saved before. */
  save(commands: readonly StoredCommand[]): void
}
