import { announce, followParent, roomCount } from './ready.mjs'

/** What is sent has about the size of ours: a ticket, a welcome into a room of ten, the news that somebody came. */
const answer = 't'.repeat(700)
const welcome = 'w'.repeat(900)
const news = 'n'.repeat(120)

interface Seat {
  readonly room: string
}

/** The least that a join can be: a request, a socket, a first state, and the others hear of it. Nobody is asked anything. */
const server = Bun.serve<Seat>({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, self) {
    if (request.method === 'POST') return new Response(answer)
    const room = new URL(request.url).pathname.slice(1)
    return self.upgrade(request, { data: { room } }) ? undefined : new Response(null, { status: 400 })
  },
  websocket: {
    perMessageDeflate: false,
    idleTimeout: 120,
    open(socket) {
      const { room } = socket.data
      server.publish(room, news)
      socket.subscribe(room)
      socket.sendText(welcome)
    },
    message() {},
  },
})

followParent()
announce({
  port: Number(server.port),
  rooms: Array.from({ length: roomCount }, (_, index) => `room-${index}`),
})
