import type { Effects } from './effects'
import { openWebSocket, webPlatform } from './web-platform'

const ticketProtocol = /^ticket\./

/**
 * The adapter for programs on Bun, or on Node from 22 on. A program has no `Origin`, so the server wants to see what it
 * enters with in a header, where pages cannot put it: not in the address, and not in a subprotocol.
 */
export function systemPlatform(): Effects {
  return {
    ...webPlatform(),
    openSocket(url, protocols, events) {
      const address = new URL(url)
      const ticket = protocols.find((protocol) => ticketProtocol.test(protocol))?.replace(ticketProtocol, '')
      const credential = ticket ?? address.searchParams.get('token')
      address.searchParams.delete('token')
      const headers = { authorization: `Bearer ${credential ?? ''}` }
      return openWebSocket(new WebSocket(address.href, { headers }), events)
    },
  }
}
