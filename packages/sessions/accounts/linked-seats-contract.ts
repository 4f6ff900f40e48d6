import { describe, expect, it } from 'bun:test'
import type { SessionStores } from '../session-stores'
import { newGuest, newKeys, newUuid, openedTable, startMs } from '../testing/stores'
import type { Session } from '../seats/seats'

/** What every implementation of `LinkedSeats` promises. */
export function linkedSeatsContract(name: string, stores: () => SessionStores): void {
  describe(`linked seats on ${name}`, () => {
    const seatGuest = async (session: Session) => {
      const guest = newGuest(session)
      expect(await stores().seats.take(guest, newKeys())).toEqual({ kind: 'seated' })
      return guest
    }

    it('links a seat to one account, and to no other', async () => {
      const { session } = await openedTable(stores())
      const [guest, account] = [await seatGuest(session), newUuid()]
      for (const _again of [1, 2])
        expect(await stores().linkedSeats.link(guest.uuid, account, startMs)).toEqual({ kind: 'linked' })
      expect((await stores().seats.load(guest.uuid))?.seat).toEqual({ ...guest, accountUuid: account })
      const other = await stores().linkedSeats.link(guest.uuid, newUuid(), startMs)
      expect(other).toEqual({ kind: 'other-account' })
      expect(await stores().linkedSeats.link(newUuid(), account, startMs)).toEqual({ kind: 'gone' })
    })

    it('[SEC-165] gives a seat to one of two accounts that ask at once', async () => {
      const { session } = await openedTable(stores())
      for (let round = 0; round < 5; round += 1) {
        const guest = await seatGuest(session)
        const race = await Promise.all(
          [newUuid(), newUuid()].map((account) => stores().linkedSeats.link(guest.uuid, account, startMs)),
        )
        expect(race.map(({ kind }) => kind).sort()).toEqual(['linked', 'other-account'])
      }
    })

    it('links an account to one seat per table', async () => {
      const { session } = await openedTable(stores())
      const [one, two, account] = [await seatGuest(session), await seatGuest(session), newUuid()]
      const race = await Promise.all(
        [one, two].map(({ uuid }) => stores().linkedSeats.link(uuid, account, startMs)),
      )
      expect(race.map(({ kind }) => kind).sort()).toEqual(['account-seated', 'linked'])
    })

    it('[SEC-101] links no account that is banned there', async () => {
      const { session } = await openedTable(stores())
      const [bad, guest, account] = [await seatGuest(session), await seatGuest(session), newUuid()]
      await stores().linkedSeats.link(bad.uuid, account, startMs)
      const until = startMs + 60_000
      await stores().seats.remove(bad.uuid, { id: crypto.randomUUID(), spokenAt: startMs, until })
      const refused = await stores().linkedSeats.link(guest.uuid, account, startMs)
      expect(refused).toEqual({ kind: 'banned', until })
      expect(await stores().linkedSeats.link(guest.uuid, account, until)).toEqual({ kind: 'linked' })
    })

    it("lists an account's seats at open tables, the latest played first, and finds one by its table", async () => {
      const account = newUuid()
      const tables = [await openedTable(stores()), await openedTable(stores()), await openedTable(stores())]
      const seats = []
      for (const [index, { session }] of tables.entries()) {
        const guest = await seatGuest(session)
        await stores().linkedSeats.link(guest.uuid, account, startMs)
        await stores().seats.played(guest.uuid, startMs + index)
        seats.push(guest)
      }
      const [first, second, third] = tables.map(({ session }) => session)
      if (!first || !second || !third) throw new Error('three tables')
      await stores().book.close(second.id, startMs)
      const listed = await stores().linkedSeats.list(account)
      expect(listed.map(({ session }) => session.id)).toEqual([third.id, first.id])
      const found = await stores().linkedSeats.find(account, first.id)
      expect(found?.seat.uuid).toBe(seats[0]?.uuid)
      expect(await stores().linkedSeats.find(account, second.id)).toBeUndefined()
      expect(await stores().linkedSeats.find(newUuid(), first.id)).toBeUndefined()
    })

    it('[SEC-166] unlinks all of a deleted account, and leaves its seats and their keys', async () => {
      const { session } = await openedTable(stores())
      const [guest, bad, account] = [newGuest(session), await seatGuest(session), newUuid()]
      const keys = newKeys()
      await stores().linkedSeats.link(bad.uuid, account, startMs)
      const until = startMs + 60_000
      await stores().seats.remove(bad.uuid, { id: crypto.randomUUID(), spokenAt: startMs, until })
      await stores().seats.take({ ...guest, accountUuid: account, createdAt: until }, keys)
      const unlinked = await stores().linkedSeats.unlink(account)
      expect(unlinked.map(({ seat }) => seat)).toEqual([{ ...guest, createdAt: until }])
      expect(await stores().linkedSeats.unlink(account)).toEqual([])
      expect(await stores().linkedSeats.list(account)).toEqual([])
      expect((await stores().seats.findByChannel(keys.channel.hash))?.seat.uuid).toBe(guest.uuid)
      const bans = await stores().book.bans(session.id, startMs)
      expect(bans.map(({ holdsAccount }) => holdsAccount)).toEqual([false])
    })
  })
}
