import { withDeadline } from '@innkeeper/coordination/redis-outage'
import type { RedisConnection } from '@innkeeper/coordination/redis-connection'
import type { Log } from '@innkeeper/protocol/tools'
import type { NodeId } from '@innkeeper/protocol/ids'
import { withOutages } from '../redis-outage'
import type { Bus, BusMessage, BusReceiver } from './bus'

interface Envelope {
  readonly from: NodeId
  /** Set on a question, and on its answer. */
  readonly askId?: number
  readonly message?: BusMessage
  readonly answer?: unknown
}

const sendMs = 2_000

/** Pub/sub: one channel for all nodes, one for each. Resolves when this node can be heard and can hear. */
export async function createRedisBus(connection: RedisConnection, nodeId: NodeId, log: Log): Promise<Bus> {
  const subscriber = connection.subscriber()
  const channelOf = (to: NodeId | 'all'): string => `${connection.prefix}bus:${to}`
  const pending = new Map<number, (answer: unknown) => void>()
  const state: { asked: number; handler: BusReceiver } = { asked: 0, handler: () => undefined }
  /** @returns how many heard it, where Redis can tell: a part of a Cluster knows its own subscribers alone */
  const send = async (to: NodeId | 'all', envelope: Omit<Envelope, 'from'>): Promise<number | undefined> => {
    const text = JSON.stringify({ from: nodeId, ...envelope })
    const heard = await withDeadline(connection.commands.publish(channelOf(to), text), sendMs)
    return connection.isCluster ? undefined : heard
  }
  const take = async (text: string): Promise<void> => {
    const { from, askId, message, answer } = parseEnvelope(text)
    if (answer !== undefined && askId !== undefined) return pending.get(askId)?.(answer)
    if (message === undefined) return
    const result = await state.handler(message)
    if (askId !== undefined) await send(from, { askId, answer: result })
  }
  subscriber.on('message', (_channel: string, text: string) => {
    take(text).catch((error: unknown) =>
      log.error({ error: String(error) }, 'A message between nodes failed'),
    )
  })
  await subscriber.subscribe(channelOf('all'), channelOf(nodeId))
  const bus: Bus = {
    nodeId,
    async tell(to, message) {
      await send(to, { message })
    },
    async ask(to, message, timeoutMs) {
      const askId = (state.asked += 1)
      const answered = Promise.withResolvers<unknown>()
      pending.set(askId, answered.resolve)
      const timer = setTimeout(() => answered.resolve(undefined), timeoutMs)
      try {
        // Nobody there to hear it: the node is dead, and waiting would not wake it.
        if ((await send(to, { askId, message })) === 0) return undefined
        return await answered.promise
      } finally {
        clearTimeout(timer)
        pending.delete(askId)
      }
    },
    receive(handler) {
      state.handler = handler
    },
    async close() {
      subscriber.disconnect()
      await Promise.resolve()
    },
  }
  return withOutages(bus, ['ask'])
}

/** Reads back what `send` wrote; the channel is ours alone. */
function parseEnvelope(text: string): Envelope {
  return JSON.parse(text) as Envelope
}
