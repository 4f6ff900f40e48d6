import { parseRoomId, type PlayerUuid, type RoomId } from '@innkeeper/protocol/ids'
import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { stillClock, systemRandom } from './test-support/effects'
import { encode, hs256, look, player, signIn } from './test-support/targets'
import { createRoomKey, issueTicket, type RoomKey, verifyTicket } from './ticket-tokens'

const issuer = 'https://play.example'
const { nowMs } = stillClock()
const cellar = roomId('cellar')
const attic = roomId('attic')
const cellarKey = createRoomKey(cellar, 1, systemRandom)
const atticKey = createRoomKey(attic, 1, systemRandom)

function roomId(text: string): RoomId {
  const id = parseRoomId(text)
  if (!id) throw new Error(`Not a room id: ${text}`)
  return id
}

function issue(
  changes: Partial<
    Pick<Parameters<typeof issueTicket>[0], 'roomId' | 'key' | 'sid' | 'uuid' | 'nick' | 'jti'>
  > = {},
): string {
  const jti = '019a0000-0000-7000-8000-000000000001'
  return issueTicket({
    issuer,
    key: cellarKey,
    uuid: player,
    nick: 'Ana',
    roomId: cellar,
    jti,
    nowMs,
    ...changes,
  }).ticket
}

function enter(
  ticket: string,
  room: { roomId?: RoomId; keys?: readonly RoomKey[]; nowMs?: number; issuer?: string } = {},
) {
  return verifyTicket(ticket, { issuer, roomId: cellar, keys: [cellarKey], nowMs, ...room })
}

/** As on another node, which knows the same secret and has not written the ticket. */
function enterElsewhere(ticket: string, room: Parameters<typeof enter>[1] = {}) {
  const { keys = [cellarKey] } = room
  return enter(ticket, { ...room, keys: keys.map((key) => ({ ...key })) })
}

function sign(key: RoomKey, claims: object, kid = key.kid): string {
  const input = `${encode({ alg: 'HS256', typ: 'ticket+jwt', kid })}.${encode({ ...claims })}`
  return `${input}.${hs256(key.secret, input)}`
}

const invalid = { ok: false, reason: 'invalid' } as const
const wrongRoom = { ok: false, reason: 'wrong-room' } as const

describe('a ticket', () => {
  it('carries exactly the claims of the contract, for 30 minutes', () => {
    const [header, claims] = look(issue())
    expect(header).toEqual({ alg: 'HS256', typ: 'ticket+jwt', kid: 'cellar.1' })
    expect(Object.keys(claims)).toEqual(['iss', 'aud', 'uuid', 'nick', 'roomID', 'jti', 'iat', 'exp'])
    expect(claims).toMatchObject({ aud: 'room:cellar', uuid: player, nick: 'Ana', roomID: 'cellar' })
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(1800)
  })

  it('opens its room, with and without a sign-in behind it', () => {
    const guest = 'guest:player123#x7' as PlayerUuid
    for (const at of [enter, enterElsewhere]) {
      expect(at(issue())).toMatchObject({ ok: true, claims: { uuid: player, nick: 'Ana', roomID: cellar } })
      expect(at(issue({ sid: signIn }))).toMatchObject({ ok: true, claims: { sid: signIn } })
      expect(at(issue({ uuid: guest }))).toMatchObject({ ok: true, claims: { uuid: guest } })
    }
  })

  it('is answered by the process that wrote it just as by one that has to read it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('Ana', '', '\ud800', 'a\nb', 'x'.repeat(257)),
    )
    const written = fc.record({
      nick: text,
      jti: text,
      sid: fc.option(text, { nil: undefined }),
      key: fc.constantFrom(cellarKey, atticKey),
      roomId: fc.constantFrom(cellar, attic),
    })
    const shown = fc.record({
      issuer: fc.constantFrom(issuer, 'https://other.example'),
      roomId: fc.constantFrom(cellar, attic),
      keys: fc.subarray([cellarKey, atticKey]),
      nowMs: fc.constantFrom(-60_001, -60_000, -1, 0, 1_799_999, 1_800_000).map((ms) => nowMs + ms),
    })
    const ends = new Set<string>()
    fc.assert(
      fc.property(written, shown, ({ sid, ...changes }, room) => {
        const ticket = issue({ ...changes, ...(sid !== undefined && { sid: sid as typeof signIn }) })
        const verdict = enter(ticket, room)
        ends.add(verdict.ok ? 'ok' : verdict.reason)
        expect(verdict).toEqual(enterElsewhere(ticket, room))
      }),
      { numRuns: 2_000 },
    )
    expect(ends).toEqual(new Set(['ok', 'invalid', 'wrong-room']))
  })

  it('[SEC-50] of room A is for the wrong room at the door of room B', () => {
    expect(enter(issue(), { roomId: attic, keys: [atticKey] })).toEqual(wrongRoom)
  })

  it('[SEC-50] that names room A and is signed with the key of room B opens neither', () => {
    const [, claims] = look(issue())
    const forged = sign(atticKey, claims)
    expect(enter(forged)).toEqual(wrongRoom)
    expect(enter(forged, { roomId: attic, keys: [atticKey] })).toEqual(wrongRoom)
    expect(
      enter(sign(atticKey, { ...claims, aud: 'room:attic' }), { roomId: attic, keys: [atticKey] }),
    ).toEqual(wrongRoom)
    expect(
      enter(sign(atticKey, { ...claims, roomID: 'attic' }), { roomId: attic, keys: [atticKey] }),
    ).toEqual(wrongRoom)
  })

  it('[SEC-51] for another player, made with the stolen key of another room, opens nothing', () => {
    const [, claims] = look(issue())
    const victim = { ...claims, uuid: 'another-player' }
    expect(enter(sign(atticKey, victim))).toEqual(wrongRoom)
    expect(enter(sign(atticKey, victim, cellarKey.kid))).toEqual(invalid)
  })

  it('is invalid when its key was rotated away, and valid while the ring still holds it', () => {
    const next = createRoomKey(cellar, 2, systemRandom)
    expect(next.kid).toBe('cellar.2')
    expect(enter(issue(), { keys: [next, cellarKey] })).toMatchObject({ ok: true })
    expect(enter(issue(), { keys: [next] })).toEqual(invalid)
    expect(enter(issue(), { keys: [] })).toEqual(invalid)
  })

  it('is invalid at its exp, under another issuer, and when it is no ticket at all', () => {
    expect(enter(issue(), { nowMs: nowMs + 1_799_000 })).toMatchObject({ ok: true })
    expect(enter(issue(), { nowMs: nowMs + 1_800_000 })).toEqual(invalid)
    expect(enter(issue(), { issuer: 'https://other.example' })).toEqual(invalid)
    for (const text of ['', 'x', 'x'.repeat(1_000_000), `${issue()}=`]) expect(enter(text)).toEqual(invalid)
  })

  it('is invalid with a kid that names no room', () => {
    const [, claims] = look(issue())
    for (const kid of ['attic', '.1', 'at:tic.1', 'cellar.99', 'cellar.'])
      expect(enter(sign(cellarKey, claims, kid))).toEqual(invalid)
  })

  it('is judged by the secret of the key that is given, not by one seen earlier under the same name', () => {
    const reborn = createRoomKey(cellar, 1, systemRandom)
    expect(enter(issue())).toMatchObject({ ok: true })
    expect(enter(issue(), { keys: [reborn] })).toEqual(invalid)
    expect(enter(issue({ key: reborn }), { keys: [reborn] })).toMatchObject({ ok: true })
  })
})

it('a room key has 32 random bytes', () => {
  expect(cellarKey.secret).toHaveLength(32)
  expect(Buffer.from(cellarKey.secret).equals(createRoomKey(cellar, 1, systemRandom).secret)).toBe(false)
})
