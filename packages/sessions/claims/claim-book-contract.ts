import { describe, expect, it } from 'bun:test'
import { hashSecret } from '../secret-hash'
import type { Seat } from '../seats/seats'
import type { SessionStores } from '../session-stores'
import { newChannel, newClaim, newKeys, openedTable, seatedPlayer, startMs } from '../testing/stores'
import type { Claim } from './claim-book'

/** What every implementation of `ClaimBook` promises. */
export function claimBookContract(name: string, stores: () => SessionStores): void {
  describe(`claims on ${name}`, () => {
    answersContract(stores)
    redeemingContract(stores)
  })
}

const when = { nowMs: startMs + 1, endsAt: startMs + 900_000 }

async function putClaim(stores: SessionStores, seat: Seat, given: Partial<Claim> = {}): Promise<Claim> {
  const claim = newClaim(seat, given)
  await stores.claimBook.put(claim, hashSecret(claim.id))
  return claim
}

async function claimedSeat(stores: SessionStores) {
  const { session } = await openedTable(stores)
  const { seat, keys } = await seatedPlayer(stores, session)
  return { session, seat, keys, claim: await putClaim(stores, seat) }
}

function answersContract(stores: () => SessionStores): void {
  it('shows a claim to who knows its secret, and the open ones to their table', async () => {
    const { session, seat, claim } = await claimedSeat(stores())
    const second = await putClaim(stores(), seat, { createdAt: startMs + 1 })
    expect(await stores().claimBook.find(claim.id, hashSecret(claim.id))).toEqual(claim)
    expect(await stores().claimBook.find(claim.id, hashSecret(second.id))).toBeUndefined()
    expect(await stores().claimBook.open(session.id, startMs)).toEqual([claim, second])
    expect(await stores().claimBook.open(session.id, claim.endsAt)).toEqual([])
    expect(await stores().claimBook.open((await openedTable(stores())).session.id, startMs)).toEqual([])
  })

  it('approves an open claim, and declines the others to that seat', async () => {
    const { seat, claim } = await claimedSeat(stores())
    const [rival, approved] = [
      await putClaim(stores(), seat),
      { ...claim, state: 'approved', endsAt: when.endsAt },
    ]
    expect(await stores().claimBook.approve(claim, when)).toEqual([
      approved as Claim,
      { ...rival, state: 'declined' },
    ])
    for (const one of [claim, rival]) expect(await stores().claimBook.approve(one, when)).toBeUndefined()
    expect(await stores().claimBook.open(claim.sessionId, startMs)).toEqual([])
  })

  it('approves one of two claims to a seat that are approved at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { seat, claim } = await claimedSeat(stores())
      const rival = await putClaim(stores(), seat)
      const race = await Promise.all([claim, rival].map((one) => stores().claimBook.approve(one, when)))
      expect(race.filter((decided) => decided !== undefined)).toHaveLength(1)
    }
  })

  it('declines an open claim, once', async () => {
    const { claim } = await claimedSeat(stores())
    expect(await stores().claimBook.decline(claim, startMs)).toEqual({ ...claim, state: 'declined' })
    expect(await stores().claimBook.decline(claim, startMs)).toBeUndefined()
    expect(await stores().claimBook.approve(claim, when)).toBeUndefined()
  })

  it('is answered by its own table alone, and only until it ends', async () => {
    const { claim } = await claimedSeat(stores())
    const elsewhere = { ...claim, sessionId: (await openedTable(stores())).session.id }
    expect(await stores().claimBook.approve(elsewhere, when)).toBeUndefined()
    expect(await stores().claimBook.decline(elsewhere, startMs)).toBeUndefined()
    const late = { nowMs: claim.endsAt, endsAt: claim.endsAt + 1 }
    expect(await stores().claimBook.approve(claim, late)).toBeUndefined()
    expect(await stores().claimBook.decline(claim, claim.endsAt)).toBeUndefined()
    expect(await stores().claimBook.open(claim.sessionId, startMs)).toEqual([claim])
  })

  it('declines a claim that was approved when a later one is', async () => {
    const { seat, claim } = await claimedSeat(stores())
    await stores().claimBook.approve(claim, when)
    const later = await putClaim(stores(), seat)
    const states = (await stores().claimBook.approve(later, when))?.map(({ id, state }) => [id, state])
    expect(states).toEqual([
      [later.id, 'approved'],
      [claim.id, 'declined'],
    ])
    expect(await stores().claimBook.redeem(claim.id, newKeys(), startMs)).toBeUndefined()
    expect(await stores().claimBook.redeem(later.id, newKeys(), startMs)).toBeDefined()
  })

  it('declines whatever there is to a seat, once', async () => {
    const { seat, claim } = await claimedSeat(stores())
    const approved = await putClaim(stores(), seat, { state: 'approved' })
    const declined = await stores().claimBook.declineAll(seat.uuid)
    expect(declined.map(({ id, state }) => `${id} ${state}`).sort()).toEqual(
      [claim, approved].map(({ id }) => `${id} declined`).sort(),
    )
    expect(await stores().claimBook.declineAll(seat.uuid)).toEqual([])
    expect(await stores().claimBook.redeem(approved.id, newKeys(), startMs)).toBeUndefined()
  })

  it('drops what has ended, and says in which state', async () => {
    const { seat, claim } = await claimedSeat(stores())
    const early = await stores().claimBook.dropEnded(claim.endsAt - 1)
    expect(early.filter(({ uuid }) => uuid === seat.uuid)).toEqual([])
    const dropped = await stores().claimBook.dropEnded(claim.endsAt)
    expect(dropped.filter(({ uuid }) => uuid === seat.uuid)).toEqual([claim])
    expect(await stores().claimBook.find(claim.id, hashSecret(claim.id))).toBeUndefined()
  })
}

function redeemingContract(stores: () => SessionStores): void {
  it('trades an approved claim for new keys, again and again until it ends', async () => {
    const { session, seat, keys, claim } = await claimedSeat(stores())
    const second = newChannel()
    await stores().seats.addChannel(seat.uuid, second)
    expect(await stores().claimBook.redeem(claim.id, newKeys(), startMs)).toBeUndefined()
    await stores().claimBook.approve(claim, when)
    const lost = newKeys()
    expect(await stores().claimBook.redeem(claim.id, lost, startMs)).toEqual({ seat, session })
    const next = newKeys()
    expect(await stores().claimBook.redeem(claim.id, next, when.endsAt - 1)).toEqual({ seat, session })
    for (const { hash } of [keys.channel, second, lost.channel])
      expect(await stores().seats.findByChannel(hash)).toBeUndefined()
    expect((await stores().seats.findByChannel(next.channel.hash))?.channel).toEqual(next.channel)
    const window = { nowMs: startMs, graceMs: 600_000 }
    for (const { recoveryHash } of [keys, lost])
      expect(await stores().seats.findByRecovery(recoveryHash, window)).toBeUndefined()
    expect(await stores().seats.findByRecovery(next.recoveryHash, window)).toBeDefined()
    expect(await stores().claimBook.redeem(claim.id, newKeys(), when.endsAt)).toBeUndefined()
  })

  it('gives nothing for a claim that was declined, or whose seat is gone', async () => {
    const [declined, gone] = [await claimedSeat(stores()), await claimedSeat(stores())]
    await stores().claimBook.decline(declined.claim, startMs)
    await stores().claimBook.approve(gone.claim, when)
    await stores().seats.remove(gone.seat.uuid)
    for (const { claim } of [declined, gone])
      expect(await stores().claimBook.redeem(claim.id, newKeys(), startMs)).toBeUndefined()
    expect(await stores().seats.findByChannel(declined.keys.channel.hash)).toBeDefined()
  })

  it("gives nobody a game master's seat, also not one that has become that", async () => {
    const { session, gm } = await openedTable(stores())
    const [one, two] = [await seatedPlayer(stores(), session), await seatedPlayer(stores(), session)]
    const [approved, open] = [await putClaim(stores(), one.seat), await putClaim(stores(), two.seat)]
    await stores().claimBook.approve(approved, when)
    await stores().seats.handOver(gm.uuid, one.seat.uuid)
    expect(await stores().claimBook.redeem(approved.id, newKeys(), startMs)).toBeUndefined()
    await stores().seats.handOver(one.seat.uuid, two.seat.uuid)
    expect(await stores().claimBook.approve(open, when)).toBeUndefined()
    expect(await stores().claimBook.redeem(approved.id, newKeys(), startMs)).toBeDefined()
  })

  it('lets a recovery and a claim to one seat race without either seat having two owners', async () => {
    const window = { nowMs: startMs, graceMs: 600_000 }
    for (let round = 0; round < 5; round += 1) {
      const { seat, keys, claim } = await claimedSeat(stores())
      await stores().claimBook.approve(claim, when)
      const [byKey, byClaim] = [newKeys(), newKeys()]
      await Promise.all([
        stores().seats.recover(keys.recoveryHash, byKey, window),
        stores().claimBook.redeem(claim.id, byClaim, startMs),
      ])
      const alive = await Promise.all(
        [byKey, byClaim].map(({ channel }) => stores().seats.findByChannel(channel.hash)),
      )
      expect(alive.filter((holder) => holder?.seat.uuid === seat.uuid)).toHaveLength(1)
    }
  })
}
