import { onEveryDatabase } from '../testing/on-every-database'
import { archiveContract } from './archive-contract'
import { createMemoryArchive } from './memory-archive'
import { createSqlArchive } from './sql-archive'

const memory = createMemoryArchive()
archiveContract('memory', async () => memory)

onEveryDatabase('archive', (name, open) => {
  archiveContract(name, async () => createSqlArchive(await open()))
})
