import type { Publish } from '@innkeeper/rooms/runtime/fan-out'

/** Rooms are made before the server that carries their frames; this stands between them. */
export interface Broadcast {
  readonly publish: Publish
  attach(server: { publish(topic: string, text: string): unknown }): void
}

export function createBroadcast(): Broadcast {
  const carrier: { server?: Parameters<Broadcast['attach']>[0] } = {}
  return {
    publish(topic, text) {
      carrier.server?.publish(topic, text)
    },
    attach(server) {
      carrier.server = server
    },
  }
}
