/** For the crash test: writes rows until it is killed, and prints each row's number after its commit. */
import { openDatabase } from './open-database'

const [, , url = ''] = process.argv
const { db } = await openDatabase<{ crash: { id: number } }>(url, { info: () => undefined })
for (let id = 0; ; id++) {
  await db.insertInto('crash').values({ id }).execute()
  process.stdout.write(`${id}\n`)
}
