import type { NodeId } from '@innkeeper/protocol/ids'
import { silentLog, type Log } from '@innkeeper/protocol/tools'
import type { Bus, BusMessage, BusReceiver } from './bus'

/** The nodes of one process: each joins by its id. `tell` resolves when everyone addressed has done their part. */
export function createMemoryNetwork(log: Log = silentLog): { join(nodeId: NodeId): Bus } {
  const receivers = new Map<NodeId, BusReceiver>()
  /** @returns undefined when the receiver failed: to whoever asked, that is silence */
  const hand = async (receive: BusReceiver | undefined, message: BusMessage): Promise<unknown> => {
    try {
      return await receive?.(message)
    } catch (error) {
      log.error({ error }, 'A message between nodes failed')
      return undefined
    }
  }
  return {
    join(nodeId) {
      return {
        nodeId,
        async tell(to, message) {
          const addressed = to === 'all' ? [...receivers.values()] : [receivers.get(to)]
          await Promise.all(addressed.map((receive) => hand(receive, message)))
        },
        async ask(to, message, timeoutMs) {
          const answered = Promise.withResolvers<unknown>()
          const timer = setTimeout(() => answered.resolve(undefined), timeoutMs)
          // Only an answer ends the wait: a dead node is silent for as long as it may be, and not quick to say no.
          void hand(receivers.get(to), message).then((answer) => {
            if (answer !== undefined) answered.resolve(answer)
          })
          return await answered.promise.finally(() => clearTimeout(timer))
        },
        receive(handler) {
          receivers.set(nodeId, handler)
        },
        async close() {
          receivers.delete(nodeId)
        },
      }
    },
  }
}
