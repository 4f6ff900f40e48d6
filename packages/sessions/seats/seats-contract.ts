import { afterEach, beforeEach, describe, expect, it } from 'bun:test'
import { parsePlayerUuid, parseRoomId, type PlayerUuid, type SignInId } from '@innkeeper/protocol/ids'
import { hashSecret } from '../secret-hash'
import type { Seat, SeatSecrets, Seats, Session } from './seats'

/** A store of seats for one test, and its end. */
export interface SeatsUnderTest {
  readonly seats: Seats
  close(): Promise<void>
}

/** What every implementation of `Seats` promises. */
export function seatsContract(name: string, create: () => Promise<SeatsUnderTest>): void {
  describe(`seats on ${name}`, () => {
    let under: SeatsUnderTest
    beforeEach(async () => {
      under = await create()
    })
    afterEach(() => under.close())

    openingContract(() => under.seats)
    seatingContract(() => under.seats)
    channelContract(() => under.seats)
    recoveryContract(() => under.seats)
  })
}

function openingContract(seats: () => Seats): void {
  it('opens a table with its GM seated, and finds it by its code', async () => {
    const { session, gm } = await opened(seats(), { seatsMax: 2 })
    expect(await seats().findOpen(session.code)).toEqual(session)
    expect(await seats().load(gm.uuid)).toEqual({ seat: gm, session })
    expect(await seats().findOpen('ZZZZZZZZ')).toBeUndefined()
  })

  it('refuses a code that an open table has, and leaves nothing behind', async () => {
    const { session } = await opened(seats())
    const second = { ...newSession(), code: session.code }
    const gm = newSeat(second, { role: 'gm' })
    expect(await seats().open(second, gm, { secrets: newSecrets(), seatsMax: 5 })).toBe('code-taken')
    expect(await seats().load(gm.uuid)).toBeUndefined()
  })

  it('frees the code of a closed table, and gives no seat there', async () => {
    const { session, gm } = await opened(seats())
    await seats().close(session.id, 5_000)
    expect(await seats().findOpen(session.code)).toBeUndefined()
    expect(await seats().take(newSeat(session), newSecrets())).toBe('closed')
    expect((await seats().load(gm.uuid))?.session.closedAt).toBe(5_000)
    const next = { ...newSession(), code: session.code }
    const open = await seats().open(next, newSeat(next), { secrets: newSecrets(), seatsMax: 5 })
    expect(open).toBe('opened')
  })
}

function seatingContract(seats: () => Seats): void {
  it('seats a player once per name, and lists the names that are taken', async () => {
    const { session, gm } = await opened(seats())
    const seat = newSeat(session, { skeleton: 'torin' })
    expect(await seats().take(seat, newSecrets())).toBe('seated')
    expect(await seats().take(newSeat(session, { skeleton: 'torin' }), newSecrets())).toBe('name-taken')
    expect(await seats().skeletonsAt(session.id)).toEqual(new Set([gm.skeleton, 'torin']))
  })

  it('allows the same name at another table', async () => {
    const [one, other] = [await opened(seats()), await opened(seats())]
    for (const { session } of [one, other]) {
      expect(await seats().take(newSeat(session, { skeleton: 'torin' }), newSecrets())).toBe('seated')
    }
  })

  it('[SEC-147] gives one of two racing seats with the same name', async () => {
    const { session } = await opened(seats())
    const race = await Promise.all(
      Array.from({ length: 8 }, () => seats().take(newSeat(session, { skeleton: 'torin' }), newSecrets())),
    )
    expect(race.filter((result) => result === 'seated')).toHaveLength(1)
    expect(race.filter((result) => result === 'name-taken')).toHaveLength(7)
  })

  it('gives exactly as many seats as there are, however many ask at once', async () => {
    const { session } = await opened(seats(), { seatsMax: 4 })
    const race = await Promise.all(
      Array.from({ length: 8 }, () => seats().take(newSeat(session), newSecrets())),
    )
    expect(race.filter((result) => result === 'seated')).toHaveLength(3)
    expect(race.filter((result) => result === 'full')).toHaveLength(5)
  })

  it('gives a seat free again when its player leaves, once', async () => {
    const { session } = await opened(seats(), { seatsMax: 2 })
    const seat = newSeat(session)
    await seats().take(seat, newSecrets())
    await seats().leave(seat.uuid)
    await seats().leave(seat.uuid)
    expect(await seats().load(seat.uuid)).toBeUndefined()
    expect(await seats().take(newSeat(session), newSecrets())).toBe('seated')
    expect(await seats().take(newSeat(session), newSecrets())).toBe('full')
  })
}

function channelContract(seats: () => Seats): void {
  it('finds a seat and its sign-in by the hash of its channel token', async () => {
    const { session, gm, secrets } = await opened(seats())
    const { channelHash, signIn, channelIssuedAt } = secrets
    const holder = { seat: gm, session, signIn, channelIssuedAt }
    expect(await seats().findByChannel(channelHash)).toEqual(holder)
    expect(await seats().findByChannel(hashSecret('another'))).toBeUndefined()
  })
}

function recoveryContract(seats: () => Seats): void {
  const graceMs = 600_000

  it('trades a recovery key for new secrets; the old channel token is dead', async () => {
    const { session, gm, secrets } = await opened(seats())
    const next = newSecrets()
    const window = { nowMs: 1_000, graceMs }
    expect(await seats().recover(secrets.recoveryHash, next, window)).toEqual({ seat: gm, session })
    expect(await seats().findByChannel(secrets.channelHash)).toBeUndefined()
    expect((await seats().findByChannel(next.channelHash))?.signIn).toBe(next.signIn)
    expect(await seats().recover(hashSecret('unknown'), newSecrets(), window)).toBeUndefined()
  })

  it('says whose a recovery key is without using it up, as long as the table is open', async () => {
    const { session, gm, secrets } = await opened(seats())
    const window = { nowMs: 1_000, graceMs }
    expect(await seats().findByRecovery(hashSecret('unknown'), window)).toBeUndefined()
    expect(await seats().findByRecovery(secrets.recoveryHash, window)).toEqual({ seat: gm, session })
    await seats().close(session.id, 2_000)
    expect(await seats().findByRecovery(secrets.recoveryHash, window)).toBeUndefined()
  })

  it('takes the used key again until graceMs after its first use, and not at that moment', async () => {
    const { secrets } = await opened(seats())
    const recoverAt = (nowMs: number) =>
      seats().recover(secrets.recoveryHash, newSecrets(), { nowMs, graceMs })
    expect(await recoverAt(1_000)).toBeDefined()
    expect(await recoverAt(1_000 + graceMs - 1)).toBeDefined()
    expect(await recoverAt(1_000 + graceMs)).toBeUndefined()
  })

  it('takes the new key at any time, and then no longer the one before the last', async () => {
    const { secrets } = await opened(seats())
    const next = newSecrets()
    await seats().recover(secrets.recoveryHash, next, { nowMs: 1_000, graceMs })
    expect(await seats().recover(next.recoveryHash, newSecrets(), { nowMs: 2_000, graceMs })).toBeDefined()
    expect(
      await seats().recover(secrets.recoveryHash, newSecrets(), { nowMs: 2_001, graceMs }),
    ).toBeUndefined()
  })
}

async function opened(seats: Seats, { seatsMax = 10 } = {}) {
  const session = newSession()
  const gm = newSeat(session, { role: 'gm' })
  const secrets = newSecrets()
  expect(await seats.open(session, gm, { secrets, seatsMax })).toBe('opened')
  return { session, gm, secrets }
}

function newSession(): Session {
  const id = parseRoomId(crypto.randomUUID())
  if (id === undefined) throw new Error('a uuid is a room id')
  const code = crypto.randomUUID().slice(0, 8).toUpperCase()
  return { id, code, name: 'Phandalin', language: 'ru', edition: '2014', createdAt: 1_795_296_000_000 }
}

function newSeat(session: Session, given: Partial<Seat> = {}): Seat {
  const skeleton = `name-${crypto.randomUUID()}`
  return {
    uuid: newUuid(),
    sessionId: session.id,
    name: 'Торин',
    skeleton,
    role: 'player',
    accountUuid: newUuid(),
    createdAt: 1_795_296_000_001,
    ...given,
  }
}

function newSecrets(): SeatSecrets {
  return {
    channelHash: hashSecret(crypto.randomUUID()),
    channelIssuedAt: 1_795_296_000_002,
    signIn: parseSignIn(crypto.randomUUID()),
    recoveryHash: hashSecret(crypto.randomUUID()),
  }
}

function newUuid(): PlayerUuid {
  const uuid = parsePlayerUuid(crypto.randomUUID())
  if (uuid === undefined) throw new Error('a uuid is a player uuid')
  return uuid
}

function parseSignIn(text: string): SignInId {
  return text as SignInId
}
