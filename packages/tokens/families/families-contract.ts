import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import type { Clock, Random } from '@innkeeper/protocol/tools'
import type { Families, Family, Realm } from './families'

const minutes = 60_000
const days = 24 * 60 * minutes

/** What a suite wants built: families of a realm on a clock, all on one store. */
export interface FamiliesStore {
  families(options: { readonly realm: Realm; readonly clock: Clock; readonly random: Random }): Families
  close(): Promise<void>
}

/** What every store of sign-ins does alike. */
export function familiesContract(name: string, create: () => Promise<FamiliesStore>): void {
  describe(`families on ${name}`, () => {
    const time = { now: 1_795_000_000_000 }
    let store: FamiliesStore
    let families: Families

    beforeAll(async () => {
      store = await create()
      families = store.families({ realm: 'identity', clock: () => time.now, random: systemRandom })
    })

    afterAll(() => store.close())

    const signIn = (owner = newOwner()): Promise<Family> => families.start({ owner })
    const pass = (ms: number): void => {
      time.now += ms
    }
    const rotated = async (sid: SignInId, gen: number): Promise<void> => {
      expect(await families.rotate(sid, gen)).toMatchObject({ kind: 'rotated', gen: gen + 1 })
    }

    it('starts at generation 0 and lasts 30 days unused, 90 days at most', async () => {
      const family = await signIn()
      expect(family).toMatchObject({ gen: 0, createdAtMs: time.now, rotatedAtMs: time.now })
      expect(family.expiresAtMs - time.now).toBe(30 * days)
      expect(family.absoluteExpiresAtMs - time.now).toBe(90 * days)
    })

    it('rotates the newest refresh token', async () => {
      const { sid, owner } = await signIn()
      pass(minutes)
      const rotation = await families.rotate(sid, 0)
      expect(rotation).toEqual({
        kind: 'rotated',
        sid,
        owner,
        gen: 1,
        rotatedAtMs: time.now,
        expiresAtMs: time.now + 30 * days,
      })
    })

    it('[SEC-69] gives the same successor when the answer was lost: after 1 s, 60 s and 8 h', async () => {
      const { sid } = await signIn()
      const first = await families.rotate(sid, 0)
      for (const ms of [1_000, 59_000, 8 * 60 * minutes]) {
        pass(ms)
        expect(await families.rotate(sid, 0)).toMatchObject({ ...first, kind: 'replayed' })
      }
    })

    it('gives two tabs that refresh within the grace the same successor, even when it was used already', async () => {
      const { sid } = await signIn()
      await rotated(sid, 0)
      await families.confirm(sid, 1)
      pass(9_999)
      expect(await families.rotate(sid, 0)).toMatchObject({ kind: 'replayed', gen: 1 })
    })

    it('[SEC-65] ends the family when a predecessor comes back after its successor was seen and 10 s passed', async () => {
      const { sid, owner } = await signIn()
      await rotated(sid, 0)
      await families.confirm(sid, 1)
      pass(10_000)
      expect(await families.rotate(sid, 0)).toEqual({ kind: 'reused', sid, owner })
      pass(300)
      expect(await families.rotate(sid, 1)).toEqual({ kind: 'revoked' })
      expect(await families.events(owner)).toMatchObject([
        { kind: 'signed-in' },
        { kind: 'ended', detail: 'refresh-reuse' },
      ])
    })

    it('[SEC-65] sees the successor by a token without a generation too', async () => {
      const { sid } = await signIn()
      const before = { sid, iat: Math.floor(time.now / 1000), jti: systemRandom.uuid() }
      pass(minutes)
      await rotated(sid, 0)
      pass(minutes)
      await families.confirmToken(before)
      expect(await families.rotate(sid, 0)).toMatchObject({ kind: 'replayed' })
      await families.confirmToken({ sid, iat: Math.floor(time.now / 1000), jti: systemRandom.uuid() })
      expect(await families.rotate(sid, 0)).toMatchObject({ kind: 'reused' })
    })

    it('[SEC-66] ends the family for a grandparent, inside the grace too', async () => {
      const { sid } = await signIn()
      await rotated(sid, 0)
      await rotated(sid, 1)
      expect(await families.rotate(sid, 0)).toMatchObject({ kind: 'reused' })
      expect(await families.rotate(sid, 2)).toEqual({ kind: 'revoked' })
    })

    it('changes nothing for a generation that does not exist yet', async () => {
      const { sid } = await signIn()
      expect(await families.rotate(sid, 7)).toEqual({ kind: 'ahead' })
      await rotated(sid, 0)
    })

    it('knows no sign-in that never was, nor one of another realm', async () => {
      const { sid, owner } = await signIn()
      const session = store.families({ realm: 'session', clock: () => time.now, random: systemRandom })
      expect(await families.rotate(parseSid(systemRandom.uuid()), 0)).toEqual({ kind: 'unknown' })
      expect(await session.rotate(sid, 0)).toEqual({ kind: 'unknown' })
      expect(await session.revoke(sid, owner, 'signed-out')).toBe(false)
      expect(await session.list(owner)).toEqual([])
      await rotated(sid, 0)
    })

    it('refuses a sign-in that was ended', async () => {
      const { sid, owner } = await signIn()
      expect(await families.revoke(sid, owner, 'signed-out')).toBe(true)
      expect(await families.rotate(sid, 0)).toEqual({ kind: 'revoked' })
      expect(await families.revoke(sid, owner, 'signed-out')).toBe(false)
    })

    it("[SEC-84] does not end another's sign-in", async () => {
      const { sid } = await signIn()
      expect(await families.revoke(sid, newOwner(), 'removed-by-owner')).toBe(false)
      await rotated(sid, 0)
    })

    it('[SEC-74] lapses when it is unused for 30 days, and not a moment earlier', async () => {
      const [early, late] = [await signIn(), await signIn()]
      pass(30 * days - 1)
      await rotated(early.sid, 0)
      pass(1)
      expect(await families.rotate(late.sid, 0)).toEqual({ kind: 'expired' })
      expect(await families.list(late.owner)).toEqual([])
    })

    it('[SEC-74] ends after 90 days although it is used daily', async () => {
      const { sid } = await signIn()
      for (let day = 0; day < 89; day++) {
        pass(days)
        await rotated(sid, day)
      }
      pass(days)
      expect(await families.rotate(sid, 89)).toEqual({ kind: 'expired' })
    })

    it('[SEC-75] never promises more than its own end, whenever it is rotated', async () => {
      const steps = fc.array(fc.integer({ min: 0, max: 29 * days }), { minLength: 1, maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(steps, async (waits) => {
          const { sid, absoluteExpiresAtMs } = await signIn()
          for (const [gen, wait] of waits.entries()) {
            pass(wait)
            const rotation = await families.rotate(sid, gen)
            if (rotation.kind !== 'rotated') return rotation.kind === 'expired'
            if (rotation.expiresAtMs > absoluteExpiresAtMs) return false
          }
          return true
        }),
        { numRuns: 10 },
      )
    })

    it('[SEC-70] takes five retries outside the grace and ends the family at the sixth', async () => {
      const { sid } = await signIn()
      await rotated(sid, 0)
      for (let retry = 1; retry <= 5; retry++) {
        pass(11_000)
        expect(await families.rotate(sid, 0)).toMatchObject({ kind: 'replayed' })
      }
      pass(11_000)
      expect(await families.rotate(sid, 0)).toMatchObject({ kind: 'reused' })
    })

    it('[SEC-67] rotates once for 40 parallel refreshes, and answers all of them alike', async () => {
      for (let round = 0; round < 5; round++) {
        const { sid } = await signIn()
        const answers = await Promise.all(Array.from({ length: 40 }, () => families.rotate(sid, 0)))
        expect(answers.filter(({ kind }) => kind === 'rotated')).toHaveLength(1)
        expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, kind: '' }))).size).toBe(1)
      }
    })

    it('[SEC-71] leaves nothing alive when a refresh meets a sign-out, 30 rounds', async () => {
      for (let round = 0; round < 30; round++) {
        const { sid, owner } = await signIn()
        await Promise.all([families.rotate(sid, 0), families.revoke(sid, owner, 'signed-out')])
        expect(await families.rotate(sid, 0)).toEqual({ kind: 'revoked' })
        expect(await families.rotate(sid, 1)).toEqual({ kind: 'revoked' })
        expect(await families.list(owner)).toEqual([])
      }
    })

    it('[SEC-72] leaves only the chosen sign-in alive when refreshes meet revoke-all', async () => {
      for (let round = 0; round < 10; round++) {
        const owner = newOwner()
        const [kept, ...others] = await Promise.all([signIn(owner), signIn(owner), signIn(owner)])
        const [ended] = await Promise.all([
          families.revokeAll(owner, { keep: kept.sid, reason: 'password-changed' }),
          ...others.map(({ sid }) => families.rotate(sid, 0)),
          families.rotate(kept.sid, 0),
        ])
        expect([...ended].sort()).toEqual(others.map(({ sid }) => sid).sort())
        expect((await families.list(owner)).map(({ sid }) => sid)).toEqual([kept.sid])
      }
    })

    it('[SEC-81] [SEC-82] finds a thief who alternates with the owner, within one cycle', async () => {
      const { sid } = await signIn()
      await rotated(sid, 0)
      await families.confirm(sid, 1)
      pass(20 * minutes)
      expect(await families.rotate(sid, 0)).toMatchObject({ kind: 'reused' })
    })

    it("lists an owner's living sign-ins with their devices, newest use first", async () => {
      const owner = newOwner()
      const device = { name: 'My phone', userAgent: 'Browser/1', ipPrefix: '203.0.113.0/24' }
      const phone = await families.start({ owner, device })
      pass(minutes)
      const laptop = await families.start({ owner, device: { name: 'x'.repeat(200) } })
      expect(await families.list(owner)).toEqual([laptop, phone])
      expect(phone.device).toEqual(device)
      expect(laptop.device.name).toHaveLength(100)
      pass(minutes)
      await rotated(phone.sid, 0)
      expect((await families.list(owner)).map(({ sid }) => sid)).toEqual([phone.sid, laptop.sid])
      await families.forgetDevices(owner)
      expect((await families.list(owner)).map((family) => family.device)).toEqual([{}, {}])
    })

    it('[SEC-77] tells a starting process what ended lately', async () => {
      const { sid, owner } = await signIn()
      await families.revoke(sid, owner, 'kicked')
      const at = time.now
      expect(await families.recentlyRevoked(at)).toContainEqual({ sid, owner, revokedAtMs: at })
      expect((await families.recentlyRevoked(at + 1)).some((ended) => ended.sid === sid)).toBe(false)
    })

    it('drops what ended long ago with its history, and nothing else', async () => {
      const owner = newOwner()
      const [old, living] = [await signIn(owner), await signIn(owner)]
      await families.revoke(old.sid, owner, 'signed-out')
      pass(days)
      await rotated(living.sid, 0)
      await families.purge(time.now)
      expect(await families.rotate(old.sid, 0)).toEqual({ kind: 'unknown' })
      expect((await families.events(owner)).map(({ sid }) => sid)).toEqual([living.sid])
      await rotated(living.sid, 1)
    })
  })
}

const systemRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  uuid: () => crypto.randomUUID(),
  below: (bound) => Math.floor(Math.random() * bound),
}

function newOwner(): PlayerUuid {
  return systemRandom.uuid() as PlayerUuid
}

function parseSid(text: string): SignInId {
  return text as SignInId
}
