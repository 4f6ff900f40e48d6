import { networkInterfaces } from 'node:os'
import { hostInUrl, isEverywhere, publicUrlOf } from '@innkeeper/web-kit/public-url'
import type { GameServerSettings } from './config'

type AddressSettings = Pick<GameServerSettings, 'HOST' | 'PUBLIC_URL' | 'NODE_URL'>

/** Where phones of the same network open the page: only when the server listens there. */
export function networkUrls({ HOST }: AddressSettings, port: number): readonly string[] {
  if (!isEverywhere(HOST)) return []
  return networkAddresses().map((address) => `http://${hostInUrl(address)}:${port}`)
}

/** The origins of our own page: every address under which a browser may have opened it. */
export function ownOrigins(settings: AddressSettings, port: number): readonly string[] {
  // With a public address nobody opens the page on this machine by another one.
  const isLocal =
    settings.PUBLIC_URL === undefined &&
    (isEverywhere(settings.HOST) || ['127.0.0.1', 'localhost'].includes(settings.HOST))
  const local = isLocal ? [`http://127.0.0.1:${port}`, `http://localhost:${port}`] : []
  const node = settings.NODE_URL === undefined ? [] : [settings.NODE_URL]
  return [publicUrlOf(settings, port), ...node, ...local, ...networkUrls(settings, port)]
}

function networkAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
}
