import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { Clock, Log } from '@innkeeper/protocol/tools'
import { parseRevocation } from './parse-revocation'
import { redisRevocationIndex } from './redis-revocation-index'
import { createRevocationList } from './revocation-list'
import { defaultKeepMs, type Revocation, type Revocations } from './revocations'

export interface RedisRevocationsOptions {
  readonly clock: Clock
  readonly log: Log
  /** No revocation is kept longer; more than the life of any token. 31 min unless told. */
  readonly keepMs?: number
  /** 60 s unless told. */
  readonly resyncMs?: number
}

type Subscriber = ReturnType<RedisConnection['subscriber']>

/**
 * Revocations of many nodes. Each is published at once, and kept in a sorted set that every node reads again each
 * `resyncMs`, so that a lost message delays it by that much and no more. While Redis is away a revocation counts on
 * this node, and is written when Redis is back.
 */
export function redisRevocations(connection: RedisConnection, options: RedisRevocationsOptions): Revocations {
  const { log, keepMs = defaultKeepMs } = options
  const list = createRevocationList(options)
  const channel = `${connection.prefix}revocations`
  const index = redisRevocationIndex(connection, { keepMs, channel })
  let subscriber: Subscriber | undefined
  let timer: ReturnType<typeof setInterval> | undefined

  function learn(member: unknown): void {
    const revocation = parseRevocation(member)
    if (revocation) list.add(revocation)
    else log.error({}, 'A revocation in Redis is malformed')
  }

  async function resync(): Promise<void> {
    for (const member of await index.readNew()) learn(member)
  }

  function resyncOrReport(): void {
    resync().catch((error: unknown) => {
      log.error({ error }, 'Revocations could not be read; trying again')
    })
  }

  async function revoke(revocation: Revocation): Promise<void> {
    list.add(revocation)
    try {
      await index.write(JSON.stringify(revocation))
    } catch (error) {
      log.error({ error }, 'A revocation could not be shared; trying again until it is')
    }
  }

  return {
    isRevoked: (token) => list.has(token),
    revokeSignIn: (sid, untilMs) =>
      revoke({ kind: 'sign-in', sid, untilMs: Math.min(untilMs, options.clock() + keepMs) }),
    revokePlayer: (uuid, beforeMs) => revoke({ kind: 'player', uuid, beforeMs, untilMs: beforeMs + keepMs }),
    announceLostKey: (issuer) => revoke({ kind: 'keys', issuer, untilMs: options.clock() + keepMs }),
    onRevoked: (listener) => list.onAdded(listener),
    async start() {
      // First, because it fails in time where a subscription would wait for Redis without end.
      await resync()
      subscriber ??= openSubscriber(connection, { channel, onMessage: learn, onSubscribed: resyncOrReport })
      // Subscribed before it is read again, so that nothing falls between the two.
      await subscriber.subscribe(channel)
      await resync()
      clearInterval(timer)
      timer = setInterval(resyncOrReport, options.resyncMs ?? 60_000)
    },
    close() {
      clearInterval(timer)
      subscriber?.removeAllListeners('message')
      subscriber?.removeAllListeners('ready')
      subscriber?.disconnect()
      return Promise.resolve()
    },
  }
}

/** `onSubscribed` runs after each lost connection, when messages arrive again. */
function openSubscriber(
  connection: RedisConnection,
  to: {
    readonly channel: string
    readonly onMessage: (member: string) => void
    readonly onSubscribed: () => void
  },
): Subscriber {
  const subscriber = connection.subscriber()
  subscriber.on('message', (from: string, member: string) => {
    if (from === to.channel) to.onMessage(member)
  })
  subscriber.on('ready', () => {
    // A subscription that fails here has lost its connection again, and the next `ready` makes up for it.
    subscriber.subscribe(to.channel).then(to.onSubscribed, () => {})
  })
  return subscriber
}
