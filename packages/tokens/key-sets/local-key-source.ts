import type { KeySource } from './key-source'
import { type KeySet, parseJwks } from './parse-jwks'
import { hasLostKey } from './lost-key'

/**
 * Keys of an identity service in the same process. The set is asked for each time a token is new, and parsed when it
 * is another object than the last time.
 *
 * @param getPublicJwks  the value of `/.well-known/jwks.json`; a new object whenever it changes
 * @throws Error from `find` when the set is not a proper one: then the own identity service is broken
 */
export function localKeySource(getPublicJwks: () => object | Promise<object>): KeySource {
  let source: object | undefined
  let keys: KeySet = new Map()
  let epoch = 0

  function read(jwks: object): KeySet {
    if (jwks === source) return keys
    const parsed = parseJwks(jwks)
    if ('refused' in parsed) throw new Error(`The own key set is refused: ${parsed.refused}`)
    if (hasLostKey(keys, parsed)) epoch++
    source = jwks
    keys = parsed
    return keys
  }

  return {
    find(kid) {
      const jwks = getPublicJwks()
      return jwks instanceof Promise ? jwks.then((set) => read(set).get(kid)) : read(jwks).get(kid)
    },
    get epoch() {
      return epoch
    },
    flush() {
      epoch++
      source = undefined
      keys = new Map()
    },
  }
}
