import { expect, it } from 'bun:test'
import { parsePlayerUuid } from '@innkeeper/protocol/ids'
import { createTableSteward, seatIn } from './table-steward'
import { historyOf, joinTable, openTable } from './testing/table'
import { systemRandom, testSessions } from './testing/test-sessions'

it('what happens once to a seat or a claim is written down once, however many say it at the same moment', async () => {
  const under = await testSessions('file::memory:')
  const gm = await openTable(under)
  const { player } = await joinTable(under, gm.session.code, 'Torin')
  const steward = createTableSteward({ rooms: under.rooms, random: systemRandom })
  const [uuid, by] = [parsePlayerUuid(player.uuid), parsePlayerUuid(gm.player.uuid)]
  if (uuid === undefined || by === undefined) throw new Error('a seat has a uuid')
  const claim = { id: 'claim-1', name: 'torin', uuid }
  const said = [
    { name: 'seat.claim', payload: { ...claim, state: 'open' } },
    { name: 'seat.claim', payload: { ...claim, state: 'declined' } },
    { name: 'seat.remove', payload: { uuid } },
  ] as const
  expect(seatIn(await steward.look(gm.session.id), uuid)?.role).toBe('player')
  for (const command of said) await Promise.all([1, 2, 3].map(() => steward.tell(gm.session.id, command, by)))
  expect(seatIn(await steward.look(gm.session.id), uuid)).toBeUndefined()
  const names = (await historyOf(under, gm)).map(([name]) => name).filter((name) => name.startsWith('seat.'))
  expect(names).toEqual(['seat.changed', 'seat.claimed', 'seat.claimed'])
  await under.close()
})
