import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'bun:test'
import { es256, type SignatureAlgorithm } from './es256'
import { verifyMacJws, verifySignedJws } from './jws'
import { isForVerifying, parseJwks } from './key-sets/parse-jwks'
import { createMacKey, type MacAlgorithm } from './mac'
import type { JsonObject } from './strict-json'

interface Vector {
  readonly tcId: number
  readonly comment: string
  readonly jws: string
  readonly result: 'valid' | 'invalid'
}
interface Group<Key> {
  readonly public?: Key
  readonly private: Key
  readonly tests: readonly Vector[]
}

const folder = process.env['WYCHEPROOF_DIR'] ?? join(import.meta.dir, '../../../shared/data/wycheproof')

/** Vectors that contradict their own key, another vector or RFC 7515. The README says why, one by one. */
const defective: ReadonlyMap<number, 'accepted' | 'refused'> = new Map([
  [346, 'refused'],
  [347, 'refused'],
  [350, 'refused'],
  [351, 'refused'],
  [367, 'accepted'],
  [370, 'accepted'],
  [372, 'refused'],
  [373, 'refused'],
])

/** Sets of keys that no issuer of ours may publish: valid in general, refused here. */
const outsideOurSets: ReadonlySet<number> = new Set([2, 5, 13, 14, 15])

// Algorithms that no family takes, brought along by the test, so that all vectors run through the same code.
const rsaAlgorithms: readonly SignatureAlgorithm[] = [256, 384, 512].flatMap((bits) => [
  rsa(`RS${bits}`, `sha${bits}`, { padding: constants.RSA_PKCS1_PADDING }),
  rsa(`PS${bits}`, `sha${bits}`, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: bits / 8 }),
])
const publicKeyAlgorithms = new Map([es256, ...rsaAlgorithms].map((algorithm) => [algorithm.name, algorithm]))

if (existsSync(folder)) {
  describe('Wycheproof JSON Web Signature', () => {
    for (const group of read<JsonObject>('json_web_signature_test.json')) {
      for (const vector of group.tests) {
        it(`[SEC-45] ${vector.tcId} ${vector.comment}: ${vector.result}`, async () => {
          const isAccepted = await accepts(vector.jws, group.public ?? group.private)
          const expected = defective.get(vector.tcId) ?? (vector.result === 'valid' ? 'accepted' : 'refused')
          expect(isAccepted ? 'accepted' : 'refused').toBe(expected)
        })
      }
    }

    it('[SEC-45] 401 vectors, of which the eight defective ones differ from their label', () => {
      const vectors = read<JsonObject>('json_web_signature_test.json').flatMap(({ tests }) => tests)
      expect(vectors).toHaveLength(401)
      for (const [tcId, outcome] of defective) {
        const label = vectors.find((vector) => vector.tcId === tcId)?.result
        expect(label).toBe(outcome === 'accepted' ? 'invalid' : 'valid')
      }
    })
  })

  describe('Wycheproof JSON Web Key', () => {
    for (const group of read<JsonObject>('json_web_key_test.json')) {
      for (const vector of group.tests) {
        it(`[SEC-44] ${vector.tcId} ${vector.comment}: ${vector.result}`, () => {
          const keys = parseJwks(group.public ?? group.private)
          // Every set here is refused: each has a flaw, or keys of a kind that is not for identity tokens.
          expect('refused' in keys).toBe(true)
          expect(vector.result === 'valid').toBe(outsideOurSets.has(vector.tcId))
        })
      }
    }
  })
} else {
  it.skip(`[SEC-44] [SEC-45] Wycheproof vectors: none at ${folder}; set WYCHEPROOF_DIR`, () => {})
}

async function accepts(token: string, jwk: JsonObject): Promise<boolean> {
  const named = jwk['alg'] ?? (jwk['kty'] === 'EC' ? 'ES256' : 'RS256')
  const algorithm = typeof named === 'string' ? named : ''
  if (!isForVerifying(jwk, algorithm)) return false
  if (jwk['kty'] === 'oct') {
    const key = createMacKey(algorithm as MacAlgorithm, Buffer.from(String(jwk['k']), 'base64url'))
    const form = { algorithm, types: [undefined] }
    return (
      typeof verifyMacJws(token, form, ({ keyId }) => (keyId === jwk['kid'] ? key : undefined)) === 'object'
    )
  }
  const known = publicKeyAlgorithms.get(algorithm)
  if (!known) return false
  const form = { algorithm: known, types: [undefined] }
  const key = importKey(jwk)
  return (
    typeof (await verifySignedJws(token, form, ({ keyId }) => (keyId === jwk['kid'] ? key : undefined))) ===
    'object'
  )
}

function importKey(jwk: JsonObject): KeyObject | undefined {
  if (jwk['kty'] !== 'EC') return createPublicKey({ key: { ...jwk }, format: 'jwk' })
  // Through the product's own parser.
  const keys = parseJwks({ keys: [jwk] })
  return 'refused' in keys ? undefined : keys.get(String(jwk['kid']))
}

function rsa(
  name: string,
  hash: string,
  padding: { padding: number; saltLength?: number },
): SignatureAlgorithm {
  return {
    name,
    isGenuine: (key, input, signature) =>
      Promise.resolve(verify(hash, Buffer.from(input), { key, ...padding }, signature)),
  }
}

function read<Key>(name: string): readonly Group<Key>[] {
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { testGroups: readonly Group<Key>[] }
  return file.testGroups
}
