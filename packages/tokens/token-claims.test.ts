import { describe, expect, it } from 'bun:test'
import {
  craft,
  createTargets,
  encode,
  sessionTarget,
  type Target,
  ticketTarget,
} from './test-support/targets'

const targets = await createTargets()
const day = 86_400

describe.each(targets.map((target) => [target.name, target] as const))('%s claims', (_, target) => {
  const nowSeconds = () => Math.floor(target.time.nowMs / 1000)
  const withClaims = (changes: object) => craft(target, { claims: { ...target.claims(), ...changes } })
  const refuses = async (token: string) => expect(await target.verify(token)).toBeUndefined()
  const accepts = async (token: string) => expect(await target.verify(token)).toBeDefined()
  const refusesClaims = (changes: object) => refuses(withClaims(changes))
  const written = (name: string, value: string) =>
    craft(target, { claims: JSON.stringify({ ...target.claims(), [name]: '~' }).replace('"~"', value) })

  it('[SEC-32] refuses a token that lacks any of its claims', async () => {
    for (const name of Object.keys(target.claims())) {
      // Only a guest's ticket may lack this one.
      if (target.name === 'ticket' && name === 'sid') continue
      await refuses(craft(target, { claims: without(target, name) }))
    }
  })

  it('refuses a claim that its family does not have', async () => {
    await refusesClaims({ admin: true })
    await refusesClaims({ scope: '' })
    const [first = ''] = Object.keys(target.claims())
    await refuses(craft(target, { claims: { ...without(target, first), admin: true } }))
  })

  it('[SEC-34] refuses an exp that is no safe integer, or too far away', async () => {
    for (const value of [
      '1e999',
      '-1e999',
      '1e15',
      '9007199254740993',
      '-1',
      '-0',
      '1.5',
      'null',
      'true',
      '[]',
      '{}',
    ]) {
      await refuses(written('exp', value))
    }
    for (const exp of [String(nowSeconds() + 60), nowSeconds() + 60.5]) await refusesClaims({ exp })
  })

  it('[SEC-35] refuses a token from the very second of its exp on, without skew', async () => {
    const { iat, exp } = times(target)
    const token = craft(target)
    const before = target.time.nowMs
    try {
      target.time.nowMs = exp * 1000 - 1
      await accepts(token)
      for (const lateMs of [0, 1, 1000, 29_000, 31_000]) {
        target.time.nowMs = exp * 1000 + lateMs
        await refuses(token)
      }
    } finally {
      target.time.nowMs = before
    }
    await refusesClaims({ iat: iat - 100, exp: iat - 1 })
  })

  it('[SEC-35] forgets a token that it has seen when its exp comes', async () => {
    const { exp } = times(target)
    const token = craft(target)
    const before = target.time.nowMs
    try {
      target.time.nowMs = exp * 1000 - 1
      await accepts(token)
      await accepts(token)
      target.time.nowMs = exp * 1000
      await refuses(token)
    } finally {
      target.time.nowMs = before
    }
  })

  it('[SEC-36] refuses any nbf: none of our families has one', async () => {
    for (const nbf of [nowSeconds() + 61, nowSeconds() - 10, String(nowSeconds()), null])
      await refusesClaims({ nbf })
  })

  it('[SEC-37] accepts an iat 60 s ahead, and refuses one second more', async () => {
    const ahead = Math.floor((target.time.nowMs + 60_000) / 1000)
    await accepts(withClaims({ iat: ahead, exp: ahead + 10 }))
    await refusesClaims({ iat: ahead + 1, exp: ahead + 10 })
    await refusesClaims({ iat: nowSeconds() + 3600, exp: nowSeconds() + 3610 })
    for (const iat of [String(nowSeconds()), null, 1.5, -1]) await refusesClaims({ iat })
  })

  it('[SEC-39] accepts the longest life of its family, and refuses one second more', async () => {
    const iat = nowSeconds()
    await accepts(withClaims({ iat, exp: iat + target.lifetimeSeconds }))
    await refusesClaims({ iat, exp: iat + target.lifetimeSeconds + 1 })
    await refusesClaims({ iat: iat - 365 * day, exp: iat + 60 })
    await refusesClaims({ iat, exp: iat })
  })

  it('[SEC-40] refuses every iss but its own, exactly', async () => {
    const iss = String(target.claims()['iss'])
    const others = [
      [iss],
      `${iss}/`,
      iss.toUpperCase(),
      ` ${iss}`,
      '',
      null,
      1,
      {},
      '__proto__',
      'https://evil.example',
    ]
    for (const other of others) await refusesClaims({ iss: other })
  })

  it('[SEC-41] refuses every aud but its own, exactly', async () => {
    const aud = String(target.claims()['aud'])
    for (const other of [
      [aud],
      [aud, 'x'],
      ['x', aud],
      [],
      'other',
      `${aud}/`,
      aud.toUpperCase(),
      '',
      null,
      {},
    ]) {
      await refusesClaims({ aud: other })
    }
  })

  it('refuses texts that are empty, too long, of another type or not well-formed', async () => {
    const texts = Object.entries(target.claims()).filter(([, value]) => typeof value === 'string')
    for (const [name] of texts) {
      for (const value of [
        '',
        'x'.repeat(257),
        'a\u0000b',
        'a\nb',
        'a\u0085b',
        '\ud800',
        1,
        null,
        true,
        [],
        {},
      ]) {
        await refusesClaims({ [name]: value })
      }
    }
  })

  it('[SEC-46] [SEC-47] [SEC-49] refuses the tokens of every other family', async () => {
    for (const other of targets) if (other !== target) await refuses(craft(other))
  })

  it('[SEC-46] [SEC-47] [SEC-49] refuses the content of every other family under its own key, kid and typ', async () => {
    for (const other of targets) {
      if (other === target) continue
      await refuses(craft(target, { claims: other.claims() }))
      const { iss, aud } = target.claims()
      await refuses(craft(target, { claims: { ...other.claims(), iss, aud } }))
    }
  })

  it('[SEC-54] refuses a token of another installation with the same names and another key', async () => {
    const staging = targets.find(
      (other) => other.name !== target.name && other.algorithm === target.algorithm,
    )
    const input = `${encode(target.header())}.${encode(target.claims())}`
    await refuses(`${input}.${(staging ?? target).sign(`${input} of staging`)}`)
    if (staging) await refuses(`${input}.${staging.sign(input)}`)
  })
})

describe.each(
  [sessionTarget('access'), sessionTarget('refresh')].map((target) => [target.name, target] as const),
)('%s tokens of a session', (name, target) => {
  it('[SEC-52] are refused with the right typ and the wrong type, and the reverse', async () => {
    const other = name === 'access' ? 'refresh' : 'access'
    const claims = { ...target.claims(), type: other }
    expect(await target.verify(craft(target, { claims }))).toBeUndefined()
    const header = { ...target.header(), typ: `${other}+jwt` }
    expect(await target.verify(craft(target, { header }))).toBeUndefined()
    expect(await target.verify(craft(target, { header, claims }))).toBeUndefined()
  })

  it('refuse a gen that is no generation', async () => {
    for (const gen of [-1, 1.5, '3', null, 2 ** 53, [3]]) {
      expect(await target.verify(craft(target, { claims: { ...target.claims(), gen } }))).toBeUndefined()
    }
  })
})

it('a guest has a ticket without sid, and nothing in its place', async () => {
  const target = ticketTarget()
  const instead = { ...without(target, 'sid'), admin: true }
  expect(await target.verify(craft(target, { claims: instead }))).toBeUndefined()
  expect(await target.verify(craft(target, { claims: without(target, 'sid') }))).not.toHaveProperty('sid')
})

function without(target: Target, name: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(target.claims()).filter(([other]) => other !== name))
}

function times(target: Target): { readonly iat: number; readonly exp: number } {
  const { iat, exp } = target.claims()
  return { iat: Number(iat), exp: Number(exp) }
}
