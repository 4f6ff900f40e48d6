import { announce, followParent, roomCount } from './ready.mjs'

/** Frames that go out are padded to the size of our event frames, so that both send the same bytes. */
const frameBytes = Number(process.env.BENCH_FRAME_BYTES ?? 240)

interface Seat {
  readonly room: string
}

const server = Bun.serve<Seat>({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, self) {
    const room = new URL(request.url).pathname.slice(1)
    return self.upgrade(request, { data: { room } }) ? undefined : new Response(null, { status: 400 })
  },
  websocket: {
    perMessageDeflate: false,
    idleTimeout: 120,
    open(socket) {
      socket.subscribe(socket.data.room)
      socket.sendText('joined')
    },
    message(socket, message) {
      server.publish(socket.data.room, '#'.padEnd(frameBytes - message.length, '#') + message)
    },
  },
})

followParent()
announce({
  port: Number(server.port),
  rooms: Array.from({ length: roomCount }, (_, index) => `room-${index}`),
})
