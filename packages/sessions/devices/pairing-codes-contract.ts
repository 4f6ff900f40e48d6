import { describe, expect, it } from 'bun:test'
import { hashSecret } from '../secret-hash'
import type { SessionStores } from '../session-stores'
import { newSignIn, openedTable, seatedPlayer, startMs } from '../testing/stores'

/** What every implementation of `PairingCodes` promises. */
export function pairingCodesContract(name: string, stores: () => SessionStores): void {
  describe(`pairing codes on ${name}`, () => {
    const newCode = async () => {
      const { gm } = await openedTable(stores())
      const hash = hashSecret(crypto.randomUUID())
      return { uuid: gm.uuid, signIn: newSignIn(), hash, endsAt: startMs + 300_000 }
    }

    it('is used once, until the moment it ends', async () => {
      const [early, late] = [await newCode(), await newCode()]
      for (const code of [early, late]) expect(await stores().pairingCodes.put(code)).toBe('kept')
      expect(await stores().pairingCodes.redeem(early.hash, early.endsAt - 1)).toEqual(early)
      expect(await stores().pairingCodes.redeem(early.hash, startMs)).toBeUndefined()
      expect(await stores().pairingCodes.redeem(late.hash, late.endsAt)).toBeUndefined()
    })

    it('goes to one of many who type it at once', async () => {
      const code = await newCode()
      await stores().pairingCodes.put(code)
      const race = await Promise.all(
        Array.from({ length: 10 }, () => stores().pairingCodes.redeem(code.hash, startMs)),
      )
      expect(race.filter((one) => one !== undefined)).toEqual([code])
    })

    it('is one per seat: a new one ends the one before', async () => {
      const code = await newCode()
      const next = { ...code, signIn: newSignIn(), hash: hashSecret(crypto.randomUUID()) }
      await stores().pairingCodes.put(code)
      await stores().pairingCodes.put(next)
      expect(await stores().pairingCodes.redeem(code.hash, startMs)).toBeUndefined()
      expect(await stores().pairingCodes.redeem(next.hash, startMs)).toEqual(next)
    })

    it('is never one that another seat has', async () => {
      const [one, other] = [await newCode(), await newCode()]
      await stores().pairingCodes.put(one)
      expect(await stores().pairingCodes.put({ ...other, hash: one.hash })).toBe('code-taken')
      expect(await stores().pairingCodes.redeem(one.hash, startMs)).toEqual(one)
    })

    it('ends with its seat, and by itself', async () => {
      const { session } = await openedTable(stores())
      const { seat } = await seatedPlayer(stores(), session)
      const [old, gone] = [await newCode(), { ...(await newCode()), uuid: seat.uuid }]
      for (const code of [old, gone]) await stores().pairingCodes.put(code)
      await stores().seats.remove(seat.uuid)
      expect(await stores().pairingCodes.redeem(gone.hash, startMs)).toBeUndefined()
      await stores().pairingCodes.purge(old.endsAt)
      expect(await stores().pairingCodes.redeem(old.hash, startMs)).toBeUndefined()
    })
  })
}
