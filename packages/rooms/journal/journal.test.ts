import { describe, expect, it } from 'bun:test'
import { onEveryDatabase } from '../testing/on-every-database'
import { failureOf } from '../testing/problem-of'
import { newRoomId } from '../testing/test-ids'
import { FencedError, type Journal } from './journal'
import { eventsOf, journalContract } from './journal-contract'
import { createMemoryJournal } from './memory-journal'
import { createSqlJournal } from './sql-journal'

const memory = createMemoryJournal()
journalContract('memory', async () => memory)

onEveryDatabase('journal', (name, open) => {
  journalContract(name, async () => createSqlJournal(await open()))

  describe(`journal on ${name}: a write that fails`, () => {
    it('ends the room that it is of, also for what is written after it, and no other room', async () => {
      const journal = createSqlJournal(await open())
      const [broken, whole] = [newRoomId(), newRoomId()]
      for (const roomId of [broken, whole]) await journal.open(roomId, 0)
      const unwritable = [{ ...eventsOf(1, 1)[0], payload: 1n }] as unknown as ReturnType<typeof eventsOf>
      const writes = [
        journal.append(broken, 1, unwritable),
        journal.append(whole, 1, eventsOf(1, 1)),
        journal.append(broken, 1, eventsOf(2, 1)),
      ]
      const [first, second, third] = await Promise.all(writes.map(failureOf))
      expect([first?.name, second, third?.name]).toEqual(['TypeError', undefined, 'FencedError'])
      await expectToGoOn(journal, broken)
    })

    it('is not followed by others of its room until the room is opened anew', async () => {
      const journal = createSqlJournal(await open())
      const roomId = newRoomId()
      await journal.open(roomId, 0)
      await journal.append(roomId, 1, eventsOf(1, 2))
      // The same `seq` again: the database refuses it.
      expect(await failureOf(journal.append(roomId, 1, eventsOf(2, 1)))).toBeInstanceOf(Error)
      expect(await failureOf(journal.append(roomId, 1, eventsOf(3, 1)))).toBeInstanceOf(FencedError)
      const { epoch, events } = await journal.open(roomId, 10)
      expect(events).toEqual(eventsOf(1, 2))
      await journal.append(roomId, epoch, eventsOf(3, 1))
    })
  })
})

async function expectToGoOn(journal: Journal, roomId: ReturnType<typeof newRoomId>): Promise<void> {
  const { epoch, events } = await journal.open(roomId, 10)
  expect(events).toEqual([])
  await journal.append(roomId, epoch, eventsOf(1, 1))
  expect((await journal.open(roomId, 10)).events).toEqual(eventsOf(1, 1))
}
