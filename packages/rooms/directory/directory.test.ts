import { describe, expect, it } from 'bun:test'
import { createMemoryArchive } from '../archive/memory-archive'
import { type RoomArchive } from '../archive/room-archive'
import { createSqlArchive } from '../archive/sql-archive'
import { onEveryDatabase } from '../testing/on-every-database'
import { onEveryRedis, type OpenRedis } from '../testing/on-every-redis'
import { playerUuid, testKey, testRecord } from '../testing/test-ids'
import { createArchivedDirectory } from './archived-directory'
import { archivedDirectoryContract } from './archived-directory-contract'
import { directoryContract } from './directory-contract'
import { createMemoryDirectory } from './memory-directory'
import { createRedisDirectory } from './redis-directory'

const freshMemory = () => createMemoryDirectory(Date.now)

directoryContract('memory', async () => freshMemory())
directoryContract('memory with an archive', async () =>
  createArchivedDirectory(freshMemory(), createMemoryArchive(), () => true),
)
withEveryArchive('memory', freshMemory)

onEveryRedis('directory', (name, open) => {
  const fresh = () => createRedisDirectory(open(), Date.now)
  directoryContract(name, async () => fresh())
  directoryContract(`${name} with an archive`, async () =>
    createArchivedDirectory(fresh(), createMemoryArchive(), () => true),
  )
  withEveryArchive(name, fresh)
  forgottenRooms(name, open)
})

function withEveryArchive(name: string, freshInner: () => ReturnType<typeof freshMemory>): void {
  const memory = createMemoryArchive()
  archivedDirectoryContract(`${name} and memory`, { freshInner, archive: async () => memory })
  onEveryDatabase('archived directory', (database, open) => {
    let archive: Promise<RoomArchive> | undefined
    archivedDirectoryContract(`${name} and ${database}`, {
      freshInner,
      archive: () => (archive ??= open().then(createSqlArchive)),
    })
  })
}

/** A room of a dead node ends in Redis by itself; here its end is made to come. */
function forgottenRooms(name: string, open: OpenRedis): void {
  describe(`directory on ${name}: rooms that ended without a word`, () => {
    it('have an end, which moves away with every word', async () => {
      const connection = open()
      const [directory, record] = [createRedisDirectory(connection, Date.now), testRecord()]
      await directory.create(record, [testKey(record)])
      const key = `${connection.prefix}room:{${record.id}}`
      expect(await connection.commands.pttl(key)).toBeGreaterThan(60_000)
      await connection.commands.pexpire(key, 5_000)
      await directory.setPlayers(record.id, 1)
      expect(await connection.commands.pttl(key)).toBeGreaterThan(60_000)
    })

    it('count neither for the listing nor for their owner', async () => {
      const connection = open()
      const [directory, owner] = [createRedisDirectory(connection, Date.now), playerUuid()]
      const records = Array.from({ length: 12 }, (_, index) =>
        testRecord({ owner, createdAt: 1_000 + index }),
      )
      for (const record of records) await directory.create(record, [testKey(record)])
      const [gone, left] = [records.slice(4, 11), [...records.slice(0, 4), ...records.slice(11)]]
      for (const { id } of gone) await connection.commands.del(`${connection.prefix}room:{${id}}`)
      const shown = await directory.list({ limit: 3 })
      const more = await directory.list({ limit: 3, ...(shown.cursor && { cursor: shown.cursor }) })
      const ids = [...shown.rooms, ...more.rooms].map(({ record }) => record.id)
      expect(ids).toEqual(left.map(({ id }) => id).reverse())
      expect(await directory.countOwned(owner)).toBe(5)
    })
  })
}
