import { generateKeyPairSync, sign } from 'node:crypto'
import { limits } from '@innkeeper/protocol/limits'
import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { foreignSigners, ofLength, publicKeyTexts } from './test-support/attacks'
import { craft, createTargets, encode, hs256, identityKeys, type Part } from './test-support/targets'

const targets = await createTargets()
const signatureSlots = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

describe.each(targets.map((target) => [target.name, target] as const))('%s tokens', (_, target) => {
  const refuses = async (token: string) => expect(await target.verify(token)).toBeUndefined()
  const refusesHeader = (header: Part) => refuses(craft(target, { header }))
  const withHeader = (members: object) => refusesHeader({ ...target.header(), ...members })

  it('accepts what its issuer issues, and the same parts signed again', async () => {
    expect(await target.verify(target.issue())).toBeDefined()
    expect(await target.verify(craft(target))).toBeDefined()
  })

  it('accepts spaces inside the JSON, which are not part of any rule', async () => {
    const claims = JSON.stringify(target.claims(), undefined, 1)
    expect(await target.verify(craft(target, { claims }))).toBeDefined()
  })

  it.each(['none', 'None', 'NONE', 'noNE', 'nOnE'])(
    '[SEC-1] [SEC-2] refuses alg %s, signed or not',
    async (alg) => {
      const header = { ...target.header(), alg }
      await refusesHeader(header)
      await refuses(`${encode(header)}.${encode(target.claims())}.`)
    },
  )

  const odd = target.algorithm.toLowerCase()
  const algorithms = [
    '',
    null,
    0,
    true,
    [target.algorithm],
    {},
    `${target.algorithm} `,
    ` ${target.algorithm}`,
  ]
  const spelled = [...algorithms, `${target.algorithm}\u0000`, odd, 'HS', 'HS256,ES256']
  it.each(spelled.map((alg) => ({ alg })))('[SEC-4] refuses %j', async ({ alg }) => {
    await withHeader({ alg })
  })

  it('[SEC-4] refuses a missing alg', async () => {
    const { alg: _alg, ...header } = target.header()
    await refusesHeader(header)
  })

  const keyTexts = publicKeyTexts()
  it.each(keyTexts)('[SEC-5] refuses an HS256 code made with the public key as %s', async (_form, secret) => {
    const input = `${encode({ ...target.header(), alg: 'HS256' })}.${encode(target.claims())}`
    await refuses(`${input}.${hs256(secret, input)}`)
  })

  it('[SEC-6] refuses the algorithm of the other families, signed genuinely', async () => {
    await withHeader({ alg: target.algorithm === 'HS256' ? 'ES256' : 'HS256' })
    const foreign = targets.filter((other) => other.algorithm !== target.algorithm)
    for (const other of foreign) {
      const input = `${encode({ ...target.header(), alg: other.algorithm })}.${encode(target.claims())}`
      await refuses(`${input}.${other.sign(input)}`)
    }
  })

  it('[SEC-7] refuses RSA, EdDSA and the larger curves with a key that is valid for them', async () => {
    for (const [alg, signWith] of foreignSigners()) {
      const input = `${encode({ ...target.header(), alg })}.${encode(target.claims())}`
      await refuses(`${input}.${signWith(Buffer.from(input)).toString('base64url')}`)
    }
  })

  it.each([0, 1, 16, 31, 33, 47, 48, 63, 65, 66, 128])(
    '[SEC-9] refuses a signature of %d bytes',
    async (bytes) => {
      const [input, signature] = splitSignature(craft(target))
      const cut = Buffer.concat([signature, Buffer.alloc(128)]).subarray(0, bytes)
      await refuses(`${input}.${cut.toString('base64url')}`)
    },
  )

  it('[SEC-9] refuses a signature in DER', async () => {
    const [input] = splitSignature(craft(target))
    await refuses(
      `${input}.${sign('sha256', Buffer.from(input), identityKeys.privateKey).toString('base64url')}`,
    )
  })

  it('[SEC-11] refuses changed unused bits at the end of the signature', async () => {
    const token = craft(target)
    const last = signatureSlots.indexOf(token.slice(-1))
    const changed = token.slice(0, -1) + signatureSlots.charAt(last + 1)
    expect(splitSignature(changed)[1].equals(splitSignature(token)[1])).toBe(true)
    await refuses(changed)
  })

  it('[SEC-12] refuses padding on any segment, even when it was signed', async () => {
    const [header = '', claims = '', signature = ''] = craft(target).split('.')
    for (const pad of ['=', '==']) {
      await refuses(`${header}.${claims}.${signature}${pad}`)
      for (const input of [`${header}${pad}.${claims}`, `${header}.${claims}${pad}`]) {
        await refuses(`${input}.${target.sign(input)}`)
      }
    }
  })

  it('[SEC-14] refuses + and / in place of - and _, even when they were signed', async () => {
    const standard = (segment: string) => segment.replaceAll('-', '+').replaceAll('_', '/')
    const genuine = until(
      () => craft(target),
      (made) => /[-_]/.test(made.split('.')[2] ?? ''),
    )
    const [header = '', claims = '', signature = ''] = genuine.split('.')
    await refuses(`${header}.${claims}.${standard(signature)}`)
    const text = until(spacedTexts(JSON.stringify({ ...target.claims(), jti: '~~~???>>>' })), (made) =>
      /[-_]/.test(encode(made)),
    )
    expect(await target.verify(craft(target, { claims: text }))).toBeDefined()
    const input = `${header}.${standard(encode(text))}`
    await refuses(`${input}.${target.sign(input)}`)
  })

  it('[SEC-15] refuses changed unused bits in header or payload, even when they were signed', async () => {
    for (const part of ['header', 'claims'] as const) {
      const text = until(
        spacedTexts(JSON.stringify(target[part]())),
        (candidate) => encode(candidate).length % 4 !== 0,
      )
      const segment = encode(text)
      const last = signatureSlots.indexOf(segment.slice(-1))
      const changed = segment.slice(0, -1) + signatureSlots.charAt(last + 1)
      const input =
        part === 'header' ? `${changed}.${encode(target.claims())}` : `${encode(target.header())}.${changed}`
      expect(await target.verify(craft(target, { [part]: text }))).toBeDefined()
      await refuses(`${input}.${target.sign(input)}`)
    }
  })

  it('[SEC-16] refuses 1, 2, 4 and 5 segments, and an empty header, payload or signature', async () => {
    const [header = '', claims = '', signature = ''] = craft(target).split('.')
    const broken = [
      header,
      `${header}.${claims}`,
      `${header}.${claims}.${signature}.`,
      `.${header}.${claims}.${signature}`,
    ]
    broken.push(
      `${header}.${claims}.${signature}.${signature}`,
      `${header}.${claims}..${signature}.${signature}`,
    )
    broken.push(
      `${header}.${claims}.`,
      `.${claims}.${target.sign(`.${claims}`)}`,
      `${header}..${target.sign(`${header}.`)}`,
    )
    for (const token of ['', '.', '..', '...', ...broken]) await refuses(token)
  })

  it('[SEC-17] refuses the JSON serializations, quotes and white space around a token', async () => {
    const token = craft(target)
    const [header = '', payload = '', signature = ''] = token.split('.')
    await refuses(JSON.stringify({ payload, protected: header, signature }))
    await refuses(JSON.stringify({ payload, signatures: [{ protected: header, signature }] }))
    for (const around of [
      `"${token}"`,
      `'${token}'`,
      ` ${token}`,
      `${token} `,
      `${token}\n`,
      `${token}\u0000`,
    ])
      await refuses(around)
  })

  it('[SEC-19] refuses a key in the header that signed the token itself', async () => {
    const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const header = { ...target.header(), alg: 'ES256', jwk: attacker.publicKey.export({ format: 'jwk' }) }
    const input = `${encode(header)}.${encode(target.claims())}`
    const signature = sign('sha256', Buffer.from(input), {
      key: attacker.privateKey,
      dsaEncoding: 'ieee-p1363',
    })
    await refuses(`${input}.${signature.toString('base64url')}`)
  })

  it('[SEC-20] [SEC-21] [SEC-22] refuses jku, x5u, jwk and x5c beside a genuine signature, and calls nobody', async () => {
    let hits = 0
    const canary = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response(String(++hits)) })
    try {
      const url = canary.url.href
      await withHeader({ jku: url })
      await withHeader({ x5u: url })
      await withHeader({ jwk: identityKeys.publicKey.export({ format: 'jwk' }) })
      await withHeader({ x5c: [encode('a certificate')] })
      await withHeader({ kid: url })
      expect(await (await fetch(url)).text()).toBe('1')
    } finally {
      await canary.stop(true)
    }
    expect(hits).toBe(1)
  })

  it.each(['crit', 'b64', 'cty', 'zip', 'enc', 'iss', 'x5t', 'ALG'])(
    'refuses the header member %s',
    async (name) => {
      await withHeader({ [name]: name === 'crit' ? [] : 'x' })
    },
  )

  it('[SEC-24] refuses b64:false with and without crit', async () => {
    await withHeader({ b64: false, crit: ['b64'] })
    await withHeader({ b64: false })
    await withHeader({ crit: ['exp'], exp: 1 })
  })

  it('[SEC-25] refuses a header member that is written twice, escaped or not', async () => {
    const inner = JSON.stringify(target.header()).slice(1)
    await refusesHeader(`{"alg":"none",${inner}`)
    await refusesHeader(`{"alg":"${target.algorithm}",${inner}`)
    await refusesHeader(`{"\\u0061lg":"none",${inner}`)
    await refusesHeader(`{"kid":"other",${inner}`)
  })

  it('[SEC-26] refuses a claim that is written twice, escaped or not', async () => {
    const claims = target.claims()
    const inner = JSON.stringify(claims).slice(1)
    for (const [name, value] of Object.entries(claims)) {
      await refuses(craft(target, { claims: `{"${name}":${JSON.stringify(value)},${inner}` }))
      const escaped = [...name].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')
      await refuses(craft(target, { claims: `{"${escaped}":"other",${inner}` }))
    }
  })

  it.each(['[]', '"x"', '1', 'null', 'true', '', 'x', '{}{}', '{', '{"alg"}', '\ufeff{}'])(
    '[SEC-27] refuses a header and a payload that is %j',
    async (text) => {
      await refusesHeader(text)
      await refuses(craft(target, { claims: text }))
      if (text !== '') await refuses(craft(target, { claims: JSON.stringify(target.claims()) + text }))
    },
  )

  it('[SEC-27] refuses bytes that are not UTF-8', async () => {
    const bytes = Buffer.from(
      JSON.stringify({ ...target.claims(), jti: 'x~x' }).replace('~', '\u00ff'),
      'latin1',
    )
    const input = `${encode(target.header())}.${bytes.toString('base64url')}`
    await refuses(`${input}.${target.sign(input)}`)
  })

  it('[SEC-29] refuses claims that reach for a prototype, and leaves every prototype alone', async () => {
    const inner = JSON.stringify(target.claims()).slice(1)
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      await refuses(craft(target, { claims: `{"${name}":{"admin":true},${inner}` }))
      await refuses(craft(target, { claims: `{"extra":{"${name}":{"admin":true}},${inner}` }))
      await refusesHeader(`{"${name}":{"admin":true},${JSON.stringify(target.header()).slice(1)}`)
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it(`[SEC-30] accepts ${limits.tokenChars} characters and refuses one more`, async () => {
    expect(await target.verify(ofLength(target, limits.tokenChars))).toBeDefined()
    await refuses(ofLength(target, limits.tokenChars + 1))
  })

  it('[SEC-30] refuses a megabyte in under 0.1 ms', async () => {
    const huge = `${craft(target)}${'A'.repeat(1_000_000)}`
    const times: number[] = []
    for (let round = 0; round < 21; round++) {
      const started = performance.now()
      await refuses(huge)
      times.push(performance.now() - started)
    }
    expect(times.toSorted((a, b) => a - b)[5]).toBeLessThan(0.1)
  })

  it('[SEC-31] refuses arrays 20,000 deep, and as deep as fit into a token', async () => {
    for (const depth of [20_000, 1_000, 9]) {
      const nested = '['.repeat(depth) + ']'.repeat(depth)
      await refuses(
        craft(target, { claims: `{"deep":${nested},${JSON.stringify(target.claims()).slice(1)}` }),
      )
    }
  })

  const kids = [
    '../../dev/null',
    '/etc/passwd',
    "' OR 1=1--",
    'k1\u0000',
    'k'.repeat(129),
    '',
    ' ',
    '__proto__',
    'constructor',
    'é',
  ]
  it.each([...kids, ['k1'], {}, null, 1, true].map((kid) => ({ kid })))(
    '[SEC-42] refuses %j',
    async ({ kid }) => {
      await withHeader({ kid })
    },
  )

  it('[SEC-42] refuses a missing kid', async () => {
    const { kid: _kid, ...header } = target.header()
    await refusesHeader(header)
  })

  it('[SEC-52] refuses every typ but its own', async () => {
    const { typ, ...header } = target.header()
    const types = targets.map((other) => other.header()['typ']).filter((other) => other !== typ)
    for (const other of [
      ...types,
      'JWT',
      'jwt',
      '',
      null,
      1,
      [typ],
      String(typ).toUpperCase(),
      `application/${String(typ)}`,
    ]) {
      await withHeader({ typ: other })
    }
    await refusesHeader(header)
  })

  it('refuses a token in which any one character was changed', async () => {
    const token = craft(target)
    const at = fc.integer({ min: 0, max: token.length - 1 })
    const character = fc.constantFrom(...signatureSlots, '.', '=', ' ')
    await fc.assert(
      fc.asyncProperty(at, character, async (position, replacement) => {
        fc.pre(token[position] !== replacement)
        await refuses(token.slice(0, position) + replacement + token.slice(position + 1))
      }),
      { numRuns: 200 },
    )
  })

  it('never logs a token or a part of one', () => {
    const parts = target.issue().split('.').slice(1)
    for (const line of target.logged) for (const part of parts) expect(line).not.toContain(part.slice(0, 20))
  })
})

function splitSignature(token: string): readonly [input: string, signature: Buffer] {
  const dot = token.lastIndexOf('.')
  return [token.slice(0, dot), Buffer.from(token.slice(dot + 1), 'base64url')]
}

function until<Value>(make: () => Value, isGood: (value: Value) => boolean): Value {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const value = make()
    if (isGood(value)) return value
  }
  throw new Error('Nothing suitable was made')
}

function spacedTexts(text: string): () => string {
  let spaces = 0
  return () => ' '.repeat(spaces++) + text
}
