import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { AppError } from '@innkeeper/protocol/problems'
import { silentLog } from '@innkeeper/protocol/tools'
import { describe, expect, it } from 'bun:test'
import { createIdentityVerifier, type TrustedIssuer } from './identity-tokens'
import { localKeySource } from './key-sets/local-key-source'
import type { KeySource } from './key-sets/key-source'
import { memoryRevocations } from './revocations/memory-revocations'
import { keptLog, stillClock } from './test-support/effects'
import {
  craft,
  encode,
  identityIssuer,
  identityKeys,
  identityTarget,
  look,
  player,
  signIn,
} from './test-support/targets'

const target = await identityTarget()
const foreignKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const kid = String(target.header()['kid'])

/** Counts how often a key was asked for. */
function countingSource(keys: Record<string, KeyObject>): KeySource & { asked: number; epoch: number } {
  const known = new Map(Object.entries(keys))
  return {
    asked: 0,
    epoch: 0,
    find(name) {
      this.asked++
      return known.get(name)
    },
    flush() {
      this.epoch++
      known.clear()
    },
  }
}

function setUp(more: readonly TrustedIssuer[] = []) {
  const time = stillClock()
  const keys = countingSource({ [kid]: identityKeys.publicKey })
  const { log, lines } = keptLog()
  const own = { issuer: identityIssuer, audience: 'game-server', keys }
  return {
    time,
    keys,
    lines,
    verifier: createIdentityVerifier({ issuers: [own, ...more], clock: time.clock, log }),
  }
}

function foreignToken(claims: object, header: object = { alg: 'ES256', kid: 'f1' }): string {
  const input = `${encode({ ...header })}.${encode({ ...claims })}`
  const key = { key: foreignKeys.privateKey, dsaEncoding: 'ieee-p1363' as const }
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

describe('identity tokens', () => {
  it('carry exactly the claims of the contract, for 15 minutes', () => {
    const [header, claims] = look(target.issue())
    expect(header).toEqual({ alg: 'ES256', typ: 'identity+jwt', kid })
    expect(Object.keys(claims)).toEqual(['iss', 'aud', 'sub', 'uuid', 'nick', 'sid', 'jti', 'iat', 'exp'])
    expect(claims).toMatchObject({ sub: player, uuid: player, nick: 'Ana', sid: signIn })
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(900)
  })

  it('are all refused with the same error, whatever was wrong', async () => {
    const { verifier, time } = setUp()
    const good = craft(target)
    const expired = craft(target, { claims: { ...target.claims(), iat: 1, exp: 2 } })
    const answers = [good.slice(0, -4), `${good}=`, 'x', '', expired, 'a'.repeat(5_000)].map(
      async (token) => {
        const error = await Promise.resolve(verifier.verify(token)).catch((thrown: unknown) => thrown)
        return error instanceof AppError
          ? [error.code, error.detail, JSON.stringify(error.extras)].join(' ')
          : String(error)
      },
    )
    expect(new Set(await Promise.all(answers))).toEqual(
      new Set(['token-invalid The token is not valid or has expired {}']),
    )
    expect(time.nowMs).toBeGreaterThan(0)
  })

  it('refuse a uuid that is not the sub, and one that looks like a guest', async () => {
    const { verifier } = setUp()
    const guest = 'guest:Ana#1'
    for (const changes of [{ sub: 'other' }, { uuid: 'other' }, { sub: guest, uuid: guest }]) {
      const token = craft(target, { claims: { ...target.claims(), ...changes } })
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-invalid' })
    }
  })

  it('[SEC-10] with a malleated signature are the same token, and a revoked sign-in stays revoked', async () => {
    const { verifier, time } = setUp()
    const token = craft(target)
    const mirrored = malleate(token)
    expect(mirrored).not.toBe(token)
    const claims = await verifier.verify(mirrored)
    expect(claims).toEqual(await verifier.verify(token))
    const revocations = memoryRevocations({ clock: time.clock, log: silentLog })
    await revocations.revokeSignIn(claims.sid, time.nowMs + 60_000)
    expect(revocations.isRevoked(await verifier.verify(mirrored))).toBe(true)
    expect(revocations.isRevoked(await verifier.verify(token))).toBe(true)
  })

  it('[SEC-40] [SEC-55] of issuers nobody trusts ask for no key', async () => {
    const { verifier, keys } = setUp()
    const iss = identityIssuer
    const google = {
      iss: 'https://accounts.google.com',
      aud: 'app',
      sub: '1',
      email: 'a@b.c',
      iat: 1795296000,
      exp: 1795299600,
    }
    const { iss: _iss, ...nameless } = target.claims()
    const strangers = [
      [iss],
      `${iss}/`,
      iss.toUpperCase(),
      '__proto__',
      'constructor',
      'https://discord.com',
      null,
      7,
    ]
    const tokens = strangers.map((other) => craft(target, { claims: { ...target.claims(), iss: other } }))
    tokens.push(craft(target, { claims: google }), craft(target, { claims: nameless }), foreignToken(google))
    for (const token of tokens)
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-invalid' })
    expect(keys.asked).toBe(0)
  })

  it('seen before cost no second verification, for a minute at most', async () => {
    const { verifier, keys, time } = setUp()
    const token = craft(target)
    const first = await verifier.verify(token)
    time.nowMs += 59_999
    expect(await verifier.verify(token)).toBe(first)
    expect(keys.asked).toBe(1)
    time.nowMs += 1
    expect(await verifier.verify(token)).toEqual(first)
    expect(keys.asked).toBe(2)
  })

  it('[SEC-62] seen before are verified again as soon as the key set has lost a key', async () => {
    const { verifier, keys } = setUp()
    const token = craft(target)
    await verifier.verify(token)
    keys.epoch++
    await verifier.verify(token)
    expect(keys.asked).toBe(2)
  })

  it('[SEC-62] are refused at once after a flush, when their key is no longer published', async () => {
    const { verifier } = setUp()
    const token = craft(target)
    await verifier.verify(token)
    verifier.flushKeys()
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-invalid' })
  })

  it('are not vouched for by a key set that changed while they were verified', async () => {
    const { verifier, keys } = setUp()
    const token = craft(target)
    const underway = verifier.verify(token)
    keys.epoch++
    await underway
    await verifier.verify(token)
    expect(keys.asked).toBe(2)
  })

  it('are refused with a word in the log and none about the token', async () => {
    const { verifier, lines } = setUp()
    const [header = '', claims = ''] = craft(target).split('.')
    await expect(verifier.verify(`${header}.${claims}.${'A'.repeat(86)}`)).rejects.toBeInstanceOf(AppError)
    expect(lines).toEqual(['debug Identity token refused {"fault":"signature"}'])
  })
})

describe('identity tokens of a foreign issuer', () => {
  const iss = 'https://other.example'
  const keys = countingSource({ f1: foreignKeys.publicKey })
  const foreign: TrustedIssuer = {
    issuer: iss,
    audience: 'ours',
    keys,
    claims: { uuid: 'player_id', nick: 'name' },
  }
  const { verifier } = setUp([foreign])
  const claims = {
    iss,
    aud: 'ours',
    sub: 'x',
    player_id: 'p-7',
    name: 'Bo',
    iat: 1795296000,
    exp: 1795296600,
    email: 'b@c.d',
  }

  it('may carry more claims, and typ JWT or none', async () => {
    for (const typ of [undefined, 'JWT', 'identity+jwt']) {
      const token = foreignToken(claims, { alg: 'ES256', kid: 'f1', ...(typ === undefined ? {} : { typ }) })
      expect(await verifier.verify(token)).toMatchObject({ uuid: 'p-7', nick: 'Bo', iss })
    }
    await expect(
      verifier.verify(foreignToken(claims, { alg: 'ES256', kid: 'f1', typ: 'at+jwt' })),
    ).rejects.toThrow()
  })

  it('get the same sid and jti each time where they have none', async () => {
    const first = await verifier.verify(foreignToken(claims))
    const again = await verifier.verify(foreignToken(claims))
    expect(again).toEqual(first)
    expect(String(first.sid)).toBe('p-7')
    expect((await verifier.verify(foreignToken({ ...claims, email: 'other' }))).jti).not.toBe(first.jti)
    expect(await verifier.verify(foreignToken({ ...claims, sid: 's', jti: 'j' }))).toMatchObject({
      sid: 's',
      jti: 'j',
    })
  })

  it('[SEC-36] are refused before their nbf, or when it is no number', async () => {
    expect(await verifier.verify(foreignToken({ ...claims, nbf: 1795296000 }))).toBeDefined()
    for (const nbf of [1795296001, '1795296000', null, 1.5]) {
      await expect(verifier.verify(foreignToken({ ...claims, nbf }))).rejects.toMatchObject({
        code: 'token-invalid',
      })
    }
  })

  it('[SEC-29] [SEC-39] [SEC-41] are judged as strictly where it matters', async () => {
    const wrong: object[] = [
      { aud: ['ours'] },
      { aud: 'game-server' },
      { exp: 1795296901 },
      { player_id: 7 },
      { name: '' },
      { sid: 1 },
    ]
    wrong.push(
      { extra: JSON.parse('{"__proto__":1}') as object },
      { player_id: 'guest:x#1' },
      { name: undefined },
    )
    for (const changes of wrong) {
      const token = foreignToken({ ...claims, ...changes })
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-invalid' })
    }
  })

  it('cannot use the issuer name of another, nor be signed by the key of another', async () => {
    const own = foreignToken(target.claims(), { alg: 'ES256', kid: 'f1', typ: 'identity+jwt' })
    await expect(verifier.verify(own)).rejects.toMatchObject({ code: 'token-invalid' })
    const byOurs = craft(target, { claims })
    await expect(verifier.verify(byOurs)).rejects.toMatchObject({ code: 'token-invalid' })
  })

  it('may be told to live longer', async () => {
    const patient = setUp([{ ...foreign, maxLifetimeSeconds: 3600 }]).verifier
    expect(await patient.verify(foreignToken({ ...claims, exp: 1795299600 }))).toBeDefined()
    await expect(patient.verify(foreignToken({ ...claims, exp: 1795299601 }))).rejects.toThrow()
  })
})

it('[SEC-61] a local key is accepted until it leaves the set', async () => {
  const time = stillClock()
  const { x, y } = createPublicKey(identityKeys.privateKey).export({ format: 'jwk' })
  const jwk = { kty: 'EC', crv: 'P-256', x, y, kid }
  const other = { ...foreignKeys.publicKey.export({ format: 'jwk' }), kid: 'next' }
  let jwks = { keys: [jwk, other] }
  const keys = localKeySource(() => Promise.resolve(jwks))
  const issuers = [{ issuer: identityIssuer, audience: 'game-server', keys }]
  const verifier = createIdentityVerifier({ issuers, clock: time.clock, log: silentLog })
  expect(await verifier.verify(craft(target))).toBeDefined()
  jwks = { keys: [{ ...other, kid: 'next' }] }
  await expect(verifier.verify(craft(target))).rejects.toMatchObject({ code: 'token-invalid' })
})

/** The other signature of the same message that ECDSA allows: (r, n − s). */
function malleate(token: string): string {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const dot = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(dot + 1), 'base64url').toString('hex')
  const s = (order - BigInt(`0x${signature.slice(64)}`)).toString(16).padStart(64, '0')
  return `${token.slice(0, dot)}.${Buffer.from(signature.slice(0, 64) + s, 'hex').toString('base64url')}`
}
