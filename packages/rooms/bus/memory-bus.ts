import type { NodeId } from '@innkeeper/protocol/ids'
import type { Bus, BusReceiver } from './bus'

/** Nodes of one process: `createMemoryBuses` makes the network, and each node joins it by its id. */
export function createMemoryNetwork(): { join(nodeId: NodeId): Bus } {
  const receivers = new Map<NodeId, BusReceiver>()
  return {
    join(nodeId) {
      return {
        nodeId,
        async tell(to, message) {
          const addressed = to === 'all' ? [...receivers.values()] : [receivers.get(to)]
          await Promise.all(addressed.map((receive) => receive?.(message)))
        },
        async ask(to, message, timeoutMs) {
          const receive = receivers.get(to)
          // Silence, as a dead node gives it, and not a quick no.
          if (!receive) return await Bun.sleep(timeoutMs).then(() => undefined)
          return await receive(message)
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
