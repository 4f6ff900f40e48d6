import type { Clock, Log } from '@innkeeper/protocol/tools'
import type { TrustedIssuer } from '@innkeeper/tokens/identity-tokens'
import { remoteKeySource } from '@innkeeper/tokens/key-sets/remote-key-source'
import type { GameServerSettings } from './config'

/** The issuers of IDENTITY_ISSUERS, each with its keys read from its JWKS address. */
export function remoteIssuers(
  { IDENTITY_ISSUERS = [] }: Pick<GameServerSettings, 'IDENTITY_ISSUERS'>,
  effects: { readonly clock: Clock; readonly log: Log },
): readonly TrustedIssuer[] {
  return IDENTITY_ISSUERS.map(({ issuer, audience, jwksUrl, claims }) => ({
    issuer,
    audience,
    keys: remoteKeySource({ url: jwksUrl, fetch: (url, init) => fetch(url, init), ...effects }),
    ...(claims === undefined ? {} : { claims }),
  }))
}
