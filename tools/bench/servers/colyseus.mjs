import http from 'node:http'
import { matchMaker, Room, Server } from '@colyseus/core'
import { schema, t } from '@colyseus/schema'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { announce, followParent, roomCount } from './ready.mjs'

/** Without state: no patches, no full state on joining. What a relay needs, and the cheapest room there is. */
class RelayRoom extends Room {
  autoDispose = false

  onCreate() {
    this.onMessage('relay', (_client, payload) => this.broadcast('relay', payload))
  }
}

const Seat = schema({ nick: t.string() })
const Lobby = schema({ players: t.map(Seat) })

/** With the players as its state, so that joining sends a first state that names them. */
class LobbyRoom extends Room {
  autoDispose = false
  state = new Lobby()

  onJoin(client) {
    this.state.players.set(client.sessionId, Object.assign(new Seat(), { nick: client.sessionId }))
  }

  onLeave(client) {
    this.state.players.delete(client.sessionId)
  }
}

const httpServer = http.createServer()
const server = new Server({
  greet: false,
  gracefullyShutdown: false,
  transport: new WebSocketTransport({ server: httpServer }),
})
server.define('relay', RelayRoom)
server.define('lobby', LobbyRoom)
await server.listen(0, '127.0.0.1')

const type = process.env.BENCH_ROOM_TYPE ?? 'relay'
const rooms = []
for (let index = 0; index < roomCount; index++) rooms.push((await matchMaker.createRoom(type, {})).roomId)

followParent()
announce({ port: httpServer.address().port, rooms })
