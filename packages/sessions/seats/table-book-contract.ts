import { describe, expect, it } from 'bun:test'
import type { SessionStores } from '../session-stores'
import { newKeys, newSeat, newSession, openedTable, seatedPlayer, startMs } from '../testing/stores'

/** What every implementation of `TableBook` promises. */
export function tableBookContract(name: string, stores: () => SessionStores): void {
  describe(`tables on ${name}`, () => {
    codesContract(stores)
    bansContract(stores)
    endContract(stores)
  })
}

function codesContract(stores: () => SessionStores): void {
  it('finds an open table by its code', async () => {
    const { session } = await openedTable(stores())
    expect(await stores().book.findOpen(session.code)).toEqual(session)
    expect(await stores().book.findOpen('ZZZZZZZZ')).toBeUndefined()
  })

  it('changes what it is told to, and nothing else', async () => {
    const { session } = await openedTable(stores())
    const changed = { name: 'Icespire', isJoinable: false }
    expect(await stores().book.edit(session.id, changed)).toEqual({ ...session, ...changed })
    const said = { language: 'en', edition: '2024', isJoinable: true }
    expect(await stores().book.edit(session.id, said)).toEqual({ ...session, ...said, name: 'Icespire' })
    expect(await stores().book.edit(session.id, {})).toEqual({ ...session, ...said, name: 'Icespire' })
    await stores().book.close(session.id, 5_000)
    for (const changes of [{}, { name: 'Late' }])
      expect(await stores().book.edit(session.id, changes)).toBeUndefined()
  })

  it('gives a table another code, which no open table has', async () => {
    const [one, other] = [await openedTable(stores()), await openedTable(stores())]
    const code = crypto.randomUUID().slice(0, 8)
    expect(await stores().book.recode(one.session.id, other.session.code)).toBe('code-taken')
    expect(await stores().book.recode(one.session.id, code)).toBe('recoded')
    expect(await stores().book.findOpen(one.session.code)).toBeUndefined()
    expect((await stores().book.findOpen(code))?.id).toBe(one.session.id)
    expect(await stores().book.recode(other.session.id, one.session.code)).toBe('recoded')
    await stores().book.close(one.session.id, 5_000)
    expect(await stores().book.recode(one.session.id, 'OTHER')).toBe('closed')
  })
}

function bansContract(stores: () => SessionStores): void {
  it('lists the bans that hold, the newest first, and lifts one', async () => {
    const { session } = await openedTable(stores())
    const older = { id: crypto.randomUUID(), spokenAt: startMs, until: startMs + 1_000 }
    const newer = { id: crypto.randomUUID(), spokenAt: startMs + 1, until: startMs + 2_000 }
    const [grima, wormtongue] = [
      await seatedPlayer(stores(), session, { name: 'Grima', skeleton: 'grima' }),
      await seatedPlayer(stores(), session, { name: 'Wormtongue', skeleton: 'wormtongue' }),
    ]
    await stores().seats.remove(grima.seat.uuid, older)
    await stores().seats.remove(wormtongue.seat.uuid, newer)
    const bans = await stores().book.bans(session.id, startMs)
    expect(bans.map((ban) => [ban.id, ban.name, ban.holdsAccount, ban.createdAt, ban.until])).toEqual([
      [newer.id, 'Wormtongue', true, newer.spokenAt, newer.until],
      [older.id, 'Grima', true, older.spokenAt, older.until],
    ])
    expect(await stores().book.bans(session.id, older.until)).toHaveLength(1)
    expect(await stores().book.liftBan((await openedTable(stores())).session.id, newer.id)).toBe(false)
    expect(await stores().book.liftBan(session.id, newer.id)).toBe(true)
    expect(await stores().book.liftBan(session.id, newer.id)).toBe(false)
    await seatedPlayer(stores(), session, { skeleton: 'wormtongue' })
  })
}

function endContract(stores: () => SessionStores): void {
  it('frees the code of a closed table, and gives no seat there', async () => {
    const { session, gm } = await openedTable(stores())
    await stores().book.close(session.id, 5_000)
    await stores().book.close(session.id, 6_000)
    expect(await stores().book.findOpen(session.code)).toBeUndefined()
    expect(await stores().seats.take(newSeat(session), newKeys())).toEqual({ kind: 'closed' })
    expect((await stores().seats.load(gm.uuid))?.session.closedAt).toBe(5_000)
    const next = { ...newSession(), code: session.code }
    const open = await stores().seats.open(next, newSeat(next), { keys: newKeys(), seatsMax: 5 })
    expect(open).toBe('opened')
  })

  it('remembers a closed table until it is cleared, and forgets it some time after that', async () => {
    const [one, open] = [await openedTable(stores()), await openedTable(stores())]
    const { session, gm } = one
    await stores().book.markCleared(open.session.id, 1)
    await stores().book.close(session.id, 5_000)
    expect(await stores().book.uncleared(5_000)).not.toContain(session.id)
    expect(await stores().book.uncleared(5_001)).toContain(session.id)
    await stores().book.markCleared(session.id, 7_000)
    expect(await stores().book.uncleared(5_001)).not.toContain(session.id)
    await stores().book.purge(startMs, 7_000)
    expect(await stores().seats.load(gm.uuid)).toBeDefined()
    await stores().book.purge(startMs, 7_001)
    expect(await stores().seats.load(gm.uuid)).toBeUndefined()
    expect(await stores().seats.load(open.gm.uuid)).toBeDefined()
  })
}
