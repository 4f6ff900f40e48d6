import { announce, followParent } from './ready.mjs'

/**
 * Not a peer: bytes prepared beforehand, written as fast as the reader takes them, to see how much the load
 * generator itself can read (sockets) or ask and read (HTTP).
 */
const frameBytes = Number(process.env.BENCH_FRAME_BYTES ?? 240)
const framesPerWrite = 64

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload])
  return Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload])
}

const relayed = textFrame(`${'#'.repeat(frameBytes - 62)}<<0000:00000000${'x'.repeat(47)}`)
const block = Buffer.concat(Array.from({ length: framesPerWrite }, () => relayed))
const upgraded = Buffer.from(
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
)
const answerBody = 'x'.repeat(Number(process.env.BENCH_ANSWER_BYTES ?? 700))
const answer = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${answerBody.length}\r\n\r\n${answerBody}`)

interface Reader {
  isFlooded: boolean
  /** How much of the current block is written. */
  written: number
}

function flood(socket: Bun.Socket<Reader>): void {
  for (let blocks = 0; blocks < 4; blocks++) {
    const rest = block.subarray(socket.data.written)
    const taken = socket.write(rest)
    if (taken < 0) return
    socket.data.written = taken === rest.length ? 0 : socket.data.written + taken
    if (taken < rest.length) return
  }
  setImmediate(flood, socket)
}

const server = Bun.listen<Reader>({
  port: 0,
  hostname: '127.0.0.1',
  socket: {
    open(socket) {
      socket.data = { isFlooded: false, written: 0 }
    },
    data(socket, bytes) {
      if (bytes[0] === 0x50) socket.write(answer)
      else if (bytes[0] === 0x47) {
        socket.write(upgraded)
        socket.write(textFrame('joined'))
      } else if (!socket.data.isFlooded) {
        socket.data.isFlooded = true
        flood(socket)
      }
    },
    drain(socket) {
      if (socket.data.isFlooded) flood(socket)
    },
  },
})

followParent()
announce({ port: server.port, rooms: ['room-0', 'room-1'] })
