import http from 'node:http'
import { Server } from 'socket.io'
import { announce, followParent, roomCount } from './ready.mjs'

const httpServer = http.createServer()
const io = new Server(httpServer, { transports: ['websocket'], serveClient: false })

io.on('connection', (socket) => {
  const { room } = socket.handshake.query
  socket.join(room)
  socket.on('relay', (payload) => io.to(room).emit('relay', payload))
  socket.emit('joined')
})

httpServer.listen(0, '127.0.0.1', () => {
  followParent()
  const rooms = Array.from({ length: roomCount }, (_, index) => `room-${index}`)
  announce({ port: httpServer.address().port, rooms })
})
