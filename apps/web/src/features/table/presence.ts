import type { PresenceStatus } from '@innkeeper/protocol/frames'

/** Someone at the table, as the list shows them. */
export interface PlayerView {
  readonly uuid: string
  readonly name: string
  readonly isGm: boolean
  readonly isMe: boolean
  /** `unknown` while the own connection is away. */
  readonly status: PresenceStatus | 'unknown'
}
