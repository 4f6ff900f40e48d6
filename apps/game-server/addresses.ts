import { networkInterfaces } from 'node:os'
import type { GameServerSettings } from './config'

type AddressSettings = Pick<GameServerSettings, 'HOST' | 'PUBLIC_URL'>

/** Where the page is for a browser on this machine, or for everyone when PUBLIC_URL says so. */
export function publicUrlOf({ HOST, PUBLIC_URL }: AddressSettings, port: number): string {
  if (PUBLIC_URL !== undefined) return PUBLIC_URL
  return `http://${isEverywhere(HOST) ? '127.0.0.1' : forUrl(HOST)}:${port}`
}

/** Where phones of the same network open the page: only when the server listens there. */
export function networkUrls({ HOST }: AddressSettings, port: number): readonly string[] {
  if (!isEverywhere(HOST)) return []
  return networkAddresses().map((address) => `http://${forUrl(address)}:${port}`)
}

/** The origins of our own page: every address under which a browser may have opened it. */
export function ownOrigins(settings: AddressSettings, port: number): readonly string[] {
  const isLocal = isEverywhere(settings.HOST) || settings.HOST === '127.0.0.1' || settings.HOST === 'localhost'
  const local = isLocal ? [`http://127.0.0.1:${port}`, `http://localhost:${port}`] : []
  return [publicUrlOf(settings, port), ...local, ...networkUrls(settings, port)]
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

function networkAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
}

function forUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** A port that is free now: the tokens' issuer and the allowed origins must know it before the server does. */
export function freePort(hostname: string): number {
  const probe = Bun.serve({ port: 0, hostname, fetch: () => new Response() })
  const { port = 0 } = probe
  void probe.stop(true)
  return port
}
