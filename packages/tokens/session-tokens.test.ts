import { createHmac } from 'node:crypto'
import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { createMacKey, type MacAlgorithm } from './mac'
import { createSessionTokens } from './session-tokens'
import { stillClock, systemRandom } from './test-support/effects'
import { look, player, signIn } from './test-support/targets'

const day = 86_400
const subject = { sub: player, sid: signIn, gen: 3 }

function setUp(changes: { secret?: string | Uint8Array; algorithm?: MacAlgorithm; issuer?: string } = {}) {
  const time = stillClock()
  const tokens = createSessionTokens({
    secret: 'a master secret of more than 32 bytes',
    algorithm: 'HS256',
    issuer: 'https://play.example',
    accessSeconds: 1800,
    refreshSeconds: 30 * day,
    clock: time.clock,
    random: systemRandom,
    ...changes,
  })
  const refresh = { ...subject, issuedAtMs: time.nowMs, expiresAtMs: time.nowMs + 30 * day * 1000 }
  return { time, tokens, refresh }
}

describe('session tokens', () => {
  it('carry exactly the claims of the contract', () => {
    const { tokens, refresh } = setUp()
    const { token, expiresIn } = tokens.issueAccess(subject)
    const [header, access] = look(token)
    expect(header).toMatchObject({ alg: 'HS256', typ: 'access+jwt' })
    expect(Object.keys(access)).toEqual(['iss', 'aud', 'sub', 'type', 'sid', 'gen', 'jti', 'iat', 'exp'])
    expect(access).toMatchObject({ ...subject, type: 'access' })
    expect(Number(access['exp']) - Number(access['iat'])).toBe(expiresIn)
    expect(expiresIn).toBe(1800)
    const [refreshHeader, claims] = look(tokens.issueRefresh(refresh))
    expect(refreshHeader).toMatchObject({ alg: 'HS256', typ: 'refresh+jwt' })
    expect(Object.keys(claims)).toEqual(Object.keys(access))
    expect(claims).toMatchObject({ ...subject, type: 'refresh' })
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(30 * day)
  })

  it('come back as the claims that were put in', () => {
    const { tokens, refresh } = setUp()
    expect(tokens.verifyAccess(tokens.issueAccess(subject).token)).toMatchObject(subject)
    expect(tokens.verifyRefresh(tokens.issueRefresh(refresh))).toMatchObject(subject)
  })

  it('for refreshing are the same bytes for the same input, also after a restart', () => {
    const { tokens, refresh, time } = setUp()
    const token = tokens.issueRefresh(refresh)
    time.nowMs += 5_000
    expect(tokens.issueRefresh(refresh)).toBe(token)
    expect(setUp().tokens.issueRefresh(refresh)).toBe(token)
    for (const changes of [
      { gen: 4 },
      { sid: 's2' as SignInId },
      { sub: 'p2' as PlayerUuid },
      { issuedAtMs: time.nowMs },
    ]) {
      expect(tokens.issueRefresh({ ...refresh, ...changes })).not.toBe(token)
    }
  })

  it('for access are never the same twice', () => {
    const { tokens } = setUp()
    expect(tokens.issueAccess(subject).token).not.toBe(tokens.issueAccess(subject).token)
  })

  it('[SEC-75] for refreshing never outlive their end or the longest life of their family', () => {
    const { tokens, refresh, time } = setUp()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 * day * 1000 }), (lifeMs) => {
        const expiresAtMs = time.nowMs + lifeMs
        const [, claims] = look(tokens.issueRefresh({ ...refresh, expiresAtMs }))
        expect(Number(claims['exp']) * 1000).toBeLessThanOrEqual(expiresAtMs)
        expect(Number(claims['exp']) - Number(claims['iat'])).toBeLessThanOrEqual(30 * day)
      }),
    )
  })

  it('[SEC-46] [SEC-47] are refused in place of each other, each with its own error', () => {
    const { tokens, refresh } = setUp()
    const refreshToken = tokens.issueRefresh(refresh)
    const { token } = tokens.issueAccess(subject)
    expect(() => tokens.verifyAccess(refreshToken)).toThrow(
      expect.objectContaining({ code: 'token-invalid', status: 401 }),
    )
    expect(() => tokens.verifyRefresh(token)).toThrow(
      expect.objectContaining({ code: 'invalid-grant', status: 401 }),
    )
  })

  it('[SEC-74] for refreshing say that they have expired, once they were good and are no longer', () => {
    const { tokens, refresh, time } = setUp()
    const token = tokens.issueRefresh({ ...refresh, expiresAtMs: time.nowMs + 60_000 })
    const foreign = setUp({ secret: 'another master secret of over 32 bytes' }).tokens.issueRefresh({
      ...refresh,
      expiresAtMs: time.nowMs + 60_000,
    })
    time.nowMs -= 120_000
    expect(() => tokens.verifyRefresh(token)).toThrow('invalid-grant')
    time.nowMs += 120_000 + 59_000
    expect(tokens.verifyRefresh(token)).toMatchObject(subject)
    time.nowMs += 1_000
    expect(() => tokens.verifyRefresh(token)).toThrow('session-expired')
    expect(() => tokens.verifyRefresh(foreign)).toThrow('invalid-grant')
    expect(() => tokens.verifyRefresh(tokens.issueAccess(subject).token)).toThrow('invalid-grant')
  })

  it('[SEC-54] of another secret, issuer or algorithm are refused', () => {
    const { tokens } = setUp()
    const others = [
      { secret: 'another master secret of over 32 bytes' },
      { issuer: 'https://id.example' },
      { algorithm: 'HS512' as const },
    ]
    for (const other of others) {
      const { token } = setUp(other).tokens.issueAccess(subject)
      expect(() => tokens.verifyAccess(token)).toThrow('token-invalid')
      expect(look(token)[0]['kid']).not.toBe(look(tokens.issueAccess(subject).token)[0]['kid'])
    }
  })

  it.each(['HS256', 'HS384', 'HS512'] as const)('work with %s', (algorithm) => {
    const { tokens, refresh } = setUp({ algorithm })
    const { token } = tokens.issueAccess(subject)
    expect(look(token)[0]['alg']).toBe(algorithm)
    expect(tokens.verifyAccess(token)).toMatchObject(subject)
    expect(tokens.verifyRefresh(tokens.issueRefresh(refresh))).toMatchObject(subject)
  })

  it('take a master secret of 32 bytes, as bytes or text, and none shorter', () => {
    expect(setUp({ secret: 'x'.repeat(32) }).tokens).toBeDefined()
    expect(setUp({ secret: new Uint8Array(32) }).tokens).toBeDefined()
    expect(() => setUp({ secret: 'x'.repeat(31) })).toThrow('32 bytes')
    expect(() => setUp({ secret: new Uint8Array(31) })).toThrow('32 bytes')
    const text = 'é'.repeat(16)
    expect(setUp({ secret: text }).tokens.issueRefresh(setUp().refresh)).toBe(
      setUp({ secret: Buffer.from(text) }).tokens.issueRefresh(setUp().refresh),
    )
  })

  it('[SEC-30] of a megabyte are not even looked up', () => {
    expect(() => setUp().tokens.verifyAccess('x'.repeat(1_000_000))).toThrow('token-invalid')
  })
})

describe('a MAC key', () => {
  it.each([
    ['HS256', 'sha256', 32],
    ['HS384', 'sha384', 48],
    ['HS512', 'sha512', 64],
  ] as const)(
    'of %s makes the codes that node:crypto makes, and needs a secret as long as them',
    (algorithm, hash, bytes) => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: bytes, maxLength: 200 }),
          fc.base64String(),
          (secret, input) => {
            const key = createMacKey(algorithm, secret)
            const code = createHmac(hash, secret).update(input).digest()
            expect(key.sign(input)).toBe(code.toString('base64url'))
            expect(key.isGenuine(input, code)).toBe(true)
            expect(key.isGenuine(`${input}x`, code)).toBe(false)
            expect(key.isGenuine(input, code.subarray(1))).toBe(false)
            expect(key.isGenuine(input, code.subarray(0, 16))).toBe(false)
          },
        ),
        { numRuns: 50 },
      )
      expect(() => createMacKey(algorithm, new Uint8Array(bytes - 1))).toThrow(`${bytes} bytes`)
    },
  )
})
