import type { Effects, Socket, SocketEvents } from './effects'

/** The adapter for browsers: their WebSocket, timers, clock and operating system's randomness. */
export function webPlatform(): Effects {
  return {
    now: () => Date.now(),
    ticks: () => performance.now(),
    random: { below: randomBelow, uuid: randomUuid },
    after(ms, work) {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    openSocket: (url, protocols, events) => openWebSocket(new WebSocket(url, [...protocols]), events),
  }
}

/** @returns a fresh WebSocket as a connection knows it */
export function openWebSocket(socket: WebSocket, events: SocketEvents): Socket {
  socket.addEventListener('message', (message) => {
    if (typeof message.data === 'string') events.onText(message.data)
  })
  socket.addEventListener('close', (close) => events.onClose(close.code, close.reason))
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close: () => socket.close(),
  }
}

function randomBelow(bound: number): number {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1))
  return Math.floor((value / 2 ** 32) * bound)
}

// Not crypto.randomUUID(): a browser has it on https and localhost only, and a table on a home network is neither.
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
