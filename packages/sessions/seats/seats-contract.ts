import { describe, expect, it } from 'bun:test'
import type { SessionStores } from '../session-stores'
import { hashSecret } from '../secret-hash'
import {
  newChannel,
  newClaim,
  newGuest,
  newKeys,
  newSeat,
  newSession,
  newUuid,
  openedTable,
  seatedPlayer,
  startMs,
} from '../testing/stores'
import type { NewBan, Taking } from './seats'

/** What every implementation of `Seats` promises. */
export function seatsContract(name: string, stores: () => SessionStores): void {
  describe(`seats on ${name}`, () => {
    takingContract(stores)
    removalContract(stores)
    changesContract(stores)
    channelContract(stores)
    recoveryContract(stores)
  })
}

function takingContract(stores: () => SessionStores): void {
  it('opens a table with its GM seated', async () => {
    const { session, gm } = await openedTable(stores())
    expect(await stores().seats.load(gm.uuid)).toEqual({ seat: gm, session })
    expect(await stores().seats.load(newUuid())).toBeUndefined()
  })

  it('refuses a code that an open table has, and leaves nothing behind', async () => {
    const { session } = await openedTable(stores())
    const second = { ...newSession(), code: session.code }
    const gm = newSeat(second, { role: 'gm' })
    expect(await stores().seats.open(second, gm, { keys: newKeys(), seatsMax: 5 })).toBe('code-taken')
    expect(await stores().seats.load(gm.uuid)).toBeUndefined()
  })

  it('seats a player once per name, and lists who sits there', async () => {
    const { session, gm } = await openedTable(stores())
    const { seat } = await seatedPlayer(stores(), session, { skeleton: 'torin' })
    const twin = newSeat(session, { skeleton: 'torin' })
    expect(await stores().seats.take(twin, newKeys())).toEqual({ kind: 'name-taken' })
    expect(await stores().seats.list(session.id)).toEqual([gm, seat].sort(byAge))
  })

  it('seats an account once per table', async () => {
    const [one, other] = [await openedTable(stores()), await openedTable(stores())]
    const accountUuid = newUuid()
    await seatedPlayer(stores(), one.session, { accountUuid })
    const again = newSeat(one.session, { accountUuid })
    expect(await stores().seats.take(again, newKeys())).toEqual({ kind: 'account-seated' })
    await seatedPlayer(stores(), other.session, { accountUuid })
    for (const guest of [newGuest(one.session), newGuest(one.session)])
      expect(await stores().seats.take(guest, newKeys())).toEqual({ kind: 'seated' })
  })

  it('allows the same name at another table', async () => {
    for (const { session } of [await openedTable(stores()), await openedTable(stores())])
      await seatedPlayer(stores(), session, { skeleton: 'torin' })
  })

  it('[SEC-147] gives one of many racing seats with the same name', async () => {
    const { session } = await openedTable(stores())
    const race = await raceFor(8, () => newSeat(session, { skeleton: 'torin' }))
    expect(race.filter(({ kind }) => kind === 'seated')).toHaveLength(1)
    expect(race.filter(({ kind }) => kind === 'name-taken')).toHaveLength(7)
  })

  it('gives exactly as many seats as there are, however many ask at once', async () => {
    const { session } = await openedTable(stores(), { seatsMax: 4 })
    const race = await raceFor(8, () => newSeat(session))
    expect(race.filter(({ kind }) => kind === 'seated')).toHaveLength(3)
    expect(race.filter(({ kind }) => kind === 'full')).toHaveLength(5)
  })

  it('gives no seat at a table that takes no new players', async () => {
    const { session } = await openedTable(stores())
    await stores().book.edit(session.id, { isJoinable: false })
    expect(await stores().seats.take(newSeat(session), newKeys())).toEqual({ kind: 'not-joinable' })
    await stores().book.edit(session.id, { isJoinable: true })
    expect(await stores().seats.take(newSeat(session), newKeys())).toEqual({ kind: 'seated' })
  })

  async function raceFor(count: number, next: () => ReturnType<typeof newSeat>): Promise<readonly Taking[]> {
    return await Promise.all(Array.from({ length: count }, () => stores().seats.take(next(), newKeys())))
  }
}

function removalContract(stores: () => SessionStores): void {
  const ban = (given: Partial<NewBan> = {}): NewBan => ({
    id: crypto.randomUUID(),
    spokenAt: startMs,
    until: startMs + 60_000,
    ...given,
  })

  it('frees a seat with its name and its keys, once', async () => {
    const { session } = await openedTable(stores(), { seatsMax: 2 })
    const { seat, keys } = await seatedPlayer(stores(), session, { skeleton: 'torin' })
    expect(await stores().seats.remove(seat.uuid)).toBe('removed')
    expect(await stores().seats.remove(seat.uuid)).toBe('gone')
    expect(await stores().seats.load(seat.uuid)).toBeUndefined()
    expect(await stores().seats.findByChannel(keys.channel.hash)).toBeUndefined()
    const window = { nowMs: startMs, graceMs: 600_000 }
    expect(await stores().seats.findByRecovery(keys.recoveryHash, window)).toBeUndefined()
    await seatedPlayer(stores(), session, { skeleton: 'torin' })
    expect(await stores().seats.take(newSeat(session), newKeys())).toEqual({ kind: 'full' })
  })

  it('counts the seats right however removals race', async () => {
    const { session } = await openedTable(stores(), { seatsMax: 3 })
    const { seat } = await seatedPlayer(stores(), session)
    const race = await Promise.all(Array.from({ length: 6 }, () => stores().seats.remove(seat.uuid)))
    expect(race.filter((removed) => removed === 'removed')).toHaveLength(1)
    for (const kind of ['seated', 'seated', 'full'] as const)
      expect(await stores().seats.take(newSeat(session), newKeys())).toEqual({ kind })
  })

  it('leaves no table without a game master, however a removal and a hand-over race', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { session, gm } = await openedTable(stores())
      expect(await stores().seats.remove(gm.uuid)).toBe('leads')
      const { seat } = await seatedPlayer(stores(), session)
      const [isHandedOver, removed] = await Promise.all([
        stores().seats.handOver(gm.uuid, seat.uuid),
        stores().seats.remove(seat.uuid),
      ])
      expect([isHandedOver, removed]).toEqual(isHandedOver ? [true, 'leads'] : [false, 'removed'])
      const roles = (await stores().seats.list(session.id)).map(({ role }) => role)
      expect(roles.filter((role) => role === 'gm')).toHaveLength(1)
    }
  })

  it('[SEC-101] holds the name and the account of a ban until it ends, and at that table alone', async () => {
    const [here, there] = [await openedTable(stores()), await openedTable(stores())]
    const { seat } = await seatedPlayer(stores(), here.session, { skeleton: 'grima' })
    const spoken = ban()
    await stores().seats.remove(seat.uuid, spoken)
    const banned = { kind: 'banned', until: spoken.until } as const
    const byName = newGuest(here.session, { skeleton: 'grima' })
    const byAccount = newSeat(here.session, { ...accountOf(seat) })
    const late = { createdAt: spoken.until }
    for (const one of [byName, byAccount]) {
      expect(await stores().seats.take({ ...one, createdAt: spoken.until - 1 }, newKeys())).toEqual(banned)
      expect(await stores().seats.take({ ...one, ...late }, newKeys())).toEqual({ kind: 'seated' })
    }
    await seatedPlayer(stores(), there.session, { skeleton: 'grima', ...accountOf(seat) })
  })

  it('[SEC-101] lets nobody in beside a ban that is being spoken', async () => {
    const { session } = await openedTable(stores(), { seatsMax: 24 })
    for (let round = 0; round < 5; round += 1) {
      const skeleton = `grima-${round}`
      const { seat } = await seatedPlayer(stores(), session, { skeleton })
      const back = () => stores().seats.take(newGuest(session, { skeleton }), newKeys())
      const [, ...race] = await Promise.all([stores().seats.remove(seat.uuid, ban()), back(), back(), back()])
      expect(race.map(({ kind }) => kind).filter((kind) => kind === 'seated')).toEqual([])
    }
  })
}

function changesContract(stores: () => SessionStores): void {
  it('renames a seat, unless the name looks like another one here', async () => {
    const { session, gm } = await openedTable(stores())
    const { seat } = await seatedPlayer(stores(), session)
    expect(await stores().seats.rename(seat.uuid, { name: 'Лия', skeleton: 'liya' })).toBe('renamed')
    expect((await stores().seats.load(seat.uuid))?.seat).toEqual({ ...seat, name: 'Лия', skeleton: 'liya' })
    const asGm = { name: 'Mira', skeleton: gm.skeleton }
    expect(await stores().seats.rename(seat.uuid, asGm)).toBe('name-taken')
    expect(await stores().seats.rename(newUuid(), asGm)).toBe('gone')
  })

  it('lets the GM and a player of one table change places, once', async () => {
    const { session, gm } = await openedTable(stores())
    const [one, two] = [await seatedPlayer(stores(), session), await seatedPlayer(stores(), session)]
    const race = await Promise.all(
      [one, two, one, two].map(({ seat }) => stores().seats.handOver(gm.uuid, seat.uuid)),
    )
    expect(race.filter(Boolean)).toHaveLength(1)
    const roles = (await stores().seats.list(session.id)).map(({ role }) => role)
    expect(roles.sort()).toEqual(['gm', 'player', 'player'])
    expect((await stores().seats.load(gm.uuid))?.seat.role).toBe('player')
  })

  it('hands over to nobody of another table', async () => {
    const [here, there] = [await openedTable(stores()), await openedTable(stores())]
    const { seat } = await seatedPlayer(stores(), there.session)
    expect(await stores().seats.handOver(here.gm.uuid, seat.uuid)).toBe(false)
    expect(await stores().seats.handOver(here.gm.uuid, newUuid())).toBe(false)
    expect((await stores().seats.load(here.gm.uuid))?.seat.role).toBe('gm')
  })

  it('notes when a player was here', async () => {
    const { gm } = await openedTable(stores())
    await stores().seats.played(gm.uuid, startMs + 5)
    expect((await stores().seats.load(gm.uuid))?.seat.playedAt).toBe(startMs + 5)
  })
}

function channelContract(stores: () => SessionStores): void {
  it('finds a seat and its sign-in by the hash of a channel token', async () => {
    const { session, gm, keys } = await openedTable(stores())
    const holder = { seat: gm, session, channel: keys.channel }
    expect(await stores().seats.findByChannel(keys.channel.hash)).toEqual(holder)
    expect(await stores().seats.findByChannel(hashSecret('another'))).toBeUndefined()
  })

  it('opens a seat on more devices, each with a channel that ends alone', async () => {
    const { session, gm, keys } = await openedTable(stores())
    const second = newChannel()
    expect(await stores().seats.addChannel(gm.uuid, second)).toEqual({ seat: gm, session })
    await stores().seats.dropChannel(keys.channel.signIn)
    expect(await stores().seats.findByChannel(keys.channel.hash)).toBeUndefined()
    expect((await stores().seats.findByChannel(second.hash))?.channel).toEqual(second)
    expect(await stores().seats.addChannel(newUuid(), newChannel())).toBeUndefined()
  })

  it('drops channels from the end of their sign-in on', async () => {
    const { keys } = await openedTable(stores())
    const { hash, endsAt } = keys.channel
    await stores().seats.dropOldChannels(endsAt - 1)
    expect(await stores().seats.findByChannel(hash)).toBeDefined()
    await stores().seats.dropOldChannels(endsAt)
    expect(await stores().seats.findByChannel(hash)).toBeUndefined()
  })
}

function recoveryContract(stores: () => SessionStores): void {
  const graceMs = 600_000

  it('trades a recovery key for new keys; every other channel is dead', async () => {
    const { session, gm, keys } = await openedTable(stores())
    const second = newChannel()
    await stores().seats.addChannel(gm.uuid, second)
    const next = newKeys()
    const window = { nowMs: 1_000, graceMs }
    expect(await stores().seats.recover(keys.recoveryHash, next, window)).toEqual({ seat: gm, session })
    for (const { hash } of [keys.channel, second])
      expect(await stores().seats.findByChannel(hash)).toBeUndefined()
    expect((await stores().seats.findByChannel(next.channel.hash))?.channel).toEqual(next.channel)
    expect(await stores().seats.recover(hashSecret('unknown'), newKeys(), window)).toBeUndefined()
  })

  it('says whose a recovery key is without using it up, as long as the table is open', async () => {
    const { session, gm, keys } = await openedTable(stores())
    const window = { nowMs: 1_000, graceMs }
    expect(await stores().seats.findByRecovery(hashSecret('unknown'), window)).toBeUndefined()
    expect(await stores().seats.findByRecovery(keys.recoveryHash, window)).toEqual({ seat: gm, session })
    await stores().book.close(session.id, 2_000)
    expect(await stores().seats.findByRecovery(keys.recoveryHash, window)).toBeUndefined()
  })

  it('takes the used key again until graceMs after its first use, and not at that moment', async () => {
    const { keys } = await openedTable(stores())
    const recoverAt = (nowMs: number) =>
      stores().seats.recover(keys.recoveryHash, newKeys(), { nowMs, graceMs })
    expect(await recoverAt(1_000)).toBeDefined()
    expect(await recoverAt(1_000 + graceMs - 1)).toBeDefined()
    expect(await recoverAt(1_000 + graceMs)).toBeUndefined()
  })

  it('takes the new key at any time, and then no longer the one before the last', async () => {
    const { keys } = await openedTable(stores())
    const next = newKeys()
    const recover = (hash: string, nowMs: number) =>
      stores().seats.recover(hash, newKeys(), { nowMs, graceMs })
    await stores().seats.recover(keys.recoveryHash, next, { nowMs: 1_000, graceMs })
    expect(await recover(next.recoveryHash, 2_000)).toBeDefined()
    expect(await recover(keys.recoveryHash, 2_001)).toBeUndefined()
  })

  it('replaces a recovery key: the old one and the one before it are dead at once', async () => {
    const { gm, keys } = await openedTable(stores())
    const [second, third] = [newKeys(), newKeys()]
    const window = { nowMs: 1_000, graceMs }
    await stores().seats.recover(keys.recoveryHash, second, window)
    expect(await stores().seats.renewRecovery(gm.uuid, third.recoveryHash)).toBe(true)
    for (const { recoveryHash } of [keys, second])
      expect(await stores().seats.findByRecovery(recoveryHash, window)).toBeUndefined()
    expect((await stores().seats.findByRecovery(third.recoveryHash, window))?.seat.uuid).toBe(gm.uuid)
    expect(await stores().seats.renewRecovery(newUuid(), newKeys().recoveryHash)).toBe(false)
  })

  it('ends a claim that was approved: its player has come back by themselves', async () => {
    const { session } = await openedTable(stores())
    const { seat, keys } = await seatedPlayer(stores(), session)
    const claim = newClaim(seat)
    await stores().claimBook.put(claim, hashSecret('claim'))
    await stores().claimBook.approve(claim, { nowMs: startMs, endsAt: claim.endsAt })
    await stores().seats.recover(keys.recoveryHash, newKeys(), { nowMs: startMs, graceMs })
    expect(await stores().claimBook.redeem(claim.id, newKeys(), startMs)).toBeUndefined()
  })
}

function accountOf({ accountUuid }: ReturnType<typeof newSeat>) {
  return accountUuid === undefined ? {} : { accountUuid }
}

function byAge(a: { createdAt: number; uuid: string }, b: typeof a): number {
  return a.createdAt - b.createdAt || (a.uuid < b.uuid ? -1 : 1)
}
