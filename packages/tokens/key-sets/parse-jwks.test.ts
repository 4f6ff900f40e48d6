import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'bun:test'
import { isForVerifying, parseJwks } from './parse-jwks'
import { toPublicJwk } from './public-jwk'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const good = await toPublicJwk(pair.publicKey)
const other = await toPublicJwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)

function refusal(...keys: readonly unknown[]): string {
  const parsed = parseJwks({ keys })
  return 'refused' in parsed ? parsed.refused : 'accepted'
}

describe('a key set', () => {
  it('of ES256 public keys is taken, key by key', () => {
    const parsed = parseJwks({ keys: [good, other] })
    if ('refused' in parsed) throw new Error(parsed.refused)
    expect([...parsed.keys()]).toEqual([good.kid, other.kid])
    expect(parsed.get(good.kid)?.equals(pair.publicKey)).toBe(true)
  })

  it('may leave out use, alg and key_ops, and say verify', () => {
    const { use: _use, alg: _alg, ...bare } = good
    expect(refusal(bare)).toBe('accepted')
    expect(refusal({ ...good, key_ops: ['verify'] })).toBe('accepted')
    expect(refusal({ ...good, x5t: 'whatever', note: 1 })).toBe('accepted')
  })

  it('[SEC-44] with two keys of one kid is refused whole', () => {
    expect(refusal(good, { ...other, kid: good.kid })).toBe('key 2: its kid is used twice')
    expect(refusal(good, good)).toBe('key 2: its kid is used twice')
  })

  it.each([
    ['use enc', { use: 'enc' }],
    ['use null', { use: null }],
    ['alg of another family', { alg: 'ES384' }],
    ['alg HS256', { alg: 'HS256' }],
    ['key_ops sign', { key_ops: ['sign', 'verify'] }],
    ['key_ops encrypt', { key_ops: ['encrypt'] }],
    ['key_ops empty', { key_ops: [] }],
    ['key_ops text', { key_ops: 'verify' }],
  ])('[SEC-44] with a key for something else (%s) is refused whole', (_, changes) => {
    expect(refusal(other, { ...good, ...changes })).toBe('key 2: not for checking ES256 signatures')
  })

  it.each(['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth'])(
    '[SEC-44] that publishes a secret (%s) is refused whole',
    (member) => {
      expect(refusal({ ...good, [member]: 'AAAA' })).toBe('key 1: it holds a secret')
    },
  )

  it('[SEC-44] with RSA, symmetric, Edwards or larger keys is refused whole', () => {
    const rsa = (bits: number, exponent: number) =>
      generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: exponent }).publicKey.export({
        format: 'jwk',
      })
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' })
    const edwards = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    for (const key of [rsa(1024, 65537), { ...rsa(2048, 65537), e: 'AQ' }, p384, edwards, { kty: 'oct' }]) {
      expect(refusal(other, { ...key, kid: 'k' })).toBe('key 2: not a key on P-256')
    }
  })

  it('[SEC-44] with a point that is not on the curve is refused whole', () => {
    const moved = `${good.y.slice(0, 20)}${good.y[20] === 'A' ? 'B' : 'A'}${good.y.slice(21)}`
    expect(refusal({ ...good, y: moved })).toBe('key 1: its point is not on the curve')
    expect(refusal({ ...good, x: 'A'.repeat(43), y: 'A'.repeat(43) })).toBe(
      'key 1: its point is not on the curve',
    )
  })

  it('with coordinates that are not written in the one way is refused whole', () => {
    for (const x of [
      `${good.x}=`,
      good.x.slice(1),
      `${good.x.slice(0, -1)}B`,
      `+${good.x.slice(1)}`,
      '',
      1,
      null,
    ]) {
      expect(refusal({ ...good, x })).toBe('key 1: its coordinates are malformed')
    }
  })

  it('[SEC-42] with a kid that is missing or not plain is refused whole', () => {
    for (const kid of [undefined, '', '../../dev/null', 'k'.repeat(129), 'a b', 1, ['k']]) {
      expect(refusal({ ...good, kid })).toBe('key 1: its kid is missing or not plain')
    }
    expect(refusal({ ...good, kid: 'k'.repeat(128) })).toBe('accepted')
  })

  it('[SEC-59] has 1 to 32 keys', () => {
    const keys = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...good, kid: `k${index}` }))
    expect(refusal(...keys(32))).toBe('accepted')
    expect(refusal(...keys(33))).toBe('33 keys; 1 to 32 are taken')
    expect(refusal()).toBe('0 keys; 1 to 32 are taken')
  })

  it.each([[null], [[]], [{}], [{ keys: {} }], ['x'], [1]])('that is %j is refused', (jwks) => {
    expect(parseJwks(jwks)).toEqual({ refused: 'there is no list of keys' })
  })

  it('with something that is no key is refused', () => {
    for (const key of [null, 1, 'x', []]) expect(refusal(key)).toBe('key 1: not an object')
  })
})

it('a key is for verifying when nothing in it says otherwise', () => {
  expect(isForVerifying({}, 'HS256')).toBe(true)
  expect(isForVerifying({ alg: 'HS256', use: 'sig' }, 'HS256')).toBe(true)
  expect(isForVerifying({ alg: 'HS384' }, 'HS256')).toBe(false)
})

it('a public key is named by its RFC 7638 thumbprint, from either half of the pair', async () => {
  expect(await toPublicJwk(pair.privateKey)).toEqual(good)
  expect(good).not.toHaveProperty('d')
  const { crv, kty, x, y } = good
  const canonical = JSON.stringify({ crv, kty, x, y })
  expect(good.kid).toBe(new Bun.CryptoHasher('sha256').update(canonical).digest('base64url'))
})
