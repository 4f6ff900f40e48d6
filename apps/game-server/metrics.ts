import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { OpenRooms } from '@innkeeper/rooms/create-rooms'
import type { Traffic } from './traffic'

/** What Prometheus reads at /metrics. Values are read off when it asks, so that counting costs next to nothing. */
export function createMetrics(rooms: OpenRooms, traffic: Traffic): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'innkeeper_sockets',
    help: 'Open sockets on this node',
    registers: [registry],
    collect() {
      this.set(rooms.gateway.size)
    },
  })
  new Gauge({
    name: 'innkeeper_rooms',
    help: 'Rooms that are open on this node, by room type',
    labelNames: ['type'],
    registers: [registry],
    collect() {
      this.reset()
      for (const room of rooms.host.rooms) this.inc({ type: room.type.name })
    },
  })
  new Gauge({
    name: 'innkeeper_players',
    help: 'Players in the rooms of this node',
    registers: [registry],
    collect() {
      this.set(Array.from(rooms.host.rooms, (room) => room.size).reduce((sum, size) => sum + size, 0))
    },
  })
  new Counter({
    name: 'innkeeper_frames_received_total',
    help: 'Frames from clients',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(traffic.frames)
    },
  })
  new Counter({
    name: 'innkeeper_http_answers_total',
    help: 'HTTP answers by status',
    labelNames: ['status'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [status, count] of traffic.byStatus) this.inc({ status }, count)
    },
  })
  return registry
}
