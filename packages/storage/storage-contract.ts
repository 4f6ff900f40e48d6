import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { sql, type Generated } from 'kysely'
import { migrate, type Migration } from './migrations'
import { openDatabase, type Database } from './open-database'
import { isUniqueViolation } from './storage-error'

/** A database of one suite alone. */
export interface FreshUrl {
  readonly url: string
  drop(): Promise<void>
}

interface Tables {
  readonly thing: {
    readonly id: string
    readonly name: string | null
    readonly at: Generated<number>
  }
  readonly part: { readonly thing_id: string }
  readonly crash: { readonly id: number }
}

const quiet = { info: () => undefined }

const migrations: Record<string, Migration> = {
  '001-things': {
    async up(db) {
      await db.schema
        .createTable('thing')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text')
        .addColumn('at', 'double precision', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema.createIndex('thing_name_unique').unique().on('thing').column('name').execute()
      await db.schema
        .createTable('part')
        .addColumn('thing_id', 'text', (column) =>
          column.notNull().references('thing.id').onDelete('cascade'),
        )
        .execute()
      await db.schema
        .createTable('crash')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .execute()
    },
  },
}

/** What every database here does alike. */
export function storageContract(name: string, create: () => Promise<FreshUrl>): void {
  describe(`storage on ${name}`, () => {
    let fresh: FreshUrl
    let database: Database<Tables>

    beforeAll(async () => {
      fresh = await create()
      database = await openDatabase<Tables>(fresh.url, quiet)
      await migrate(database, 'things', migrations)
    })

    afterAll(async () => {
      await database.close()
      await fresh.drop()
    })

    const count = async (prefix: string): Promise<number> => {
      const { db } = database
      return (await db.selectFrom('thing').select('id').where('id', 'like', `${prefix}%`).execute()).length
    }

    it('gives back what was written', async () => {
      const at = 1_795_296_000_123.5
      await database.db.insertInto('thing').values({ id: 'round', name: 'Zoë \u{1f409}', at }).execute()
      const row = await database.db
        .selectFrom('thing')
        .selectAll()
        .where('id', '=', 'round')
        .executeTakeFirstOrThrow()
      expect(row).toEqual({ id: 'round', name: 'Zoë \u{1f409}', at })
    })

    it('says how many rows an update changed, and returns rows when asked', async () => {
      const { db } = database
      await db
        .insertInto('thing')
        .values([
          { id: 'u1', name: null },
          { id: 'u2', name: null },
        ])
        .execute()
      const changed = await db
        .updateTable('thing')
        .set({ at: 5 })
        .where('id', 'in', ['u1', 'u2'])
        .executeTakeFirst()
      expect(changed.numUpdatedRows).toBe(2n)
      const [row] = await db
        .updateTable('thing')
        .set({ at: 6 })
        .where('id', '=', 'u1')
        .returning('at')
        .execute()
      expect(row).toEqual({ at: 6 })
    })

    it('counts as a number when cast to integer', async () => {
      const row = await database.db
        .selectFrom('thing')
        .select(sql<number>`cast(count(*) as integer)`.as('things'))
        .executeTakeFirstOrThrow()
      expect(row.things).toBeNumber()
    })

    it('keeps nothing of a transaction that throws', async () => {
      const failed = database.db.transaction().execute(async (trx) => {
        await trx.insertInto('thing').values({ id: 'gone', name: null }).execute()
        throw new Error('changed my mind')
      })
      await expect(failed).rejects.toThrow('changed my mind')
      expect(await count('gone')).toBe(0)
    })

    it('keeps a write that was made beside a transaction that is rolled back', async () => {
      const { db } = database
      let beside: Promise<unknown> = Promise.resolve()
      const failed = db.transaction().execute(async (trx) => {
        await trx.insertInto('thing').values({ id: 'inside', name: null }).execute()
        beside = db.insertInto('thing').values({ id: 'beside', name: null }).execute()
        await trx.insertInto('thing').values({ id: 'inside2', name: null }).execute()
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      await beside
      expect(await count('beside')).toBe(1)
      expect(await count('inside')).toBe(0)
    })

    it('does concurrent transactions one after the other where they meet', async () => {
      const { db } = database
      await db.insertInto('thing').values({ id: 'counter', name: null, at: 0 }).execute()
      const add = () =>
        db.transaction().execute(async (trx) => {
          await trx
            .updateTable('thing')
            .set((row) => ({ at: row('at', '+', 1) }))
            .where('id', '=', 'counter')
            .execute()
          return trx.selectFrom('thing').select('at').where('id', '=', 'counter').executeTakeFirstOrThrow()
        })
      const seen = await Promise.all(Array.from({ length: 20 }, add))
      expect(seen.map((row) => row.at).sort((one, other) => one - other)).toEqual(
        Array.from({ length: 20 }, (_, i) => i + 1),
      )
    })

    it('goes on after a transaction whose rollback was needed at commit', async () => {
      const { db } = database
      const bad = db
        .transaction()
        .execute((trx) => trx.insertInto('part').values({ thing_id: 'nobody' }).execute())
      await expect(bad).rejects.toThrow()
      await db
        .transaction()
        .execute((trx) => trx.insertInto('thing').values({ id: 'after', name: null }).execute())
      expect(await count('after')).toBe(1)
    })

    it('keeps foreign keys, and deletes along them', async () => {
      const { db } = database
      await db.insertInto('thing').values({ id: 'whole', name: null }).execute()
      await db.insertInto('part').values({ thing_id: 'whole' }).execute()
      await db.deleteFrom('thing').where('id', '=', 'whole').execute()
      expect(await db.selectFrom('part').selectAll().where('thing_id', '=', 'whole').execute()).toEqual([])
    })

    it('knows a unique violation, of which column, and of nothing else', async () => {
      const { db } = database
      await db.insertInto('thing').values({ id: 'n1', name: 'taken' }).execute()
      const byName = await db.insertInto('thing').values({ id: 'n2', name: 'taken' }).execute().catch(toError)
      expect(isUniqueViolation(byName)).toBe(true)
      expect(isUniqueViolation(byName, { table: 'thing', column: 'name' })).toBe(true)
      expect(isUniqueViolation(byName, { table: 'thing', column: 'id' })).toBe(false)
      const byId = await db.insertInto('thing').values({ id: 'n1', name: 'free' }).execute().catch(toError)
      expect(isUniqueViolation(byId)).toBe(true)
      expect(isUniqueViolation(byId, { table: 'thing', column: 'name' })).toBe(false)
      const other = await sql`select * from nowhere`.execute(db).catch(toError)
      expect(other).toBeInstanceOf(Error)
      expect(isUniqueViolation(other)).toBe(false)
    })

    it('takes 8 writers at once', async () => {
      const write = async (writer: number): Promise<void> => {
        for (let i = 0; i < 25; i++) {
          await database.db
            .insertInto('thing')
            .values({ id: `w${writer}-${i}`, name: null })
            .execute()
        }
      }
      await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)))
      expect(await count('w')).toBeGreaterThanOrEqual(200)
    })

    it('migrates once when several processes start at once', async () => {
      const runs: string[] = []
      const once: Record<string, Migration> = {
        '001-once': {
          async up(db) {
            runs.push('up')
            await db.schema.createTable('once').addColumn('id', 'text').execute()
          },
        },
      }
      const others = await Promise.all(
        Array.from({ length: 4 }, () => openDatabase<Tables>(fresh.url, quiet)),
      )
      await Promise.all(others.map((other) => migrate(other, 'once', once)))
      await Promise.all(others.map((other) => other.close()))
      expect(runs).toEqual(['up'])
    })

    it('names the migration that failed, and undoes what it did', async () => {
      const broken: Record<string, Migration> = {
        '001-broken': {
          async up(db) {
            await db.schema.createTable('half').addColumn('id', 'text').execute()
            await sql`insert into nowhere values (1)`.execute(db)
          },
        },
      }
      await expect(migrate(database, 'broken', broken)).rejects.toThrow('Migration broken/001-broken failed')
      await expect(sql`select * from half`.execute(database.db)).rejects.toThrow()
    })

    it('loses no acknowledged commit when the writer is killed', async () => {
      const script = new URL('./crash-writer.ts', import.meta.url).pathname
      const child = Bun.spawn([process.execPath, script, fresh.url], { stdout: 'pipe', stderr: 'inherit' })
      let printed = ''
      for await (const chunk of child.stdout) {
        printed += new TextDecoder().decode(chunk)
        if (printed.split('\n').length > 100) child.kill('SIGKILL')
      }
      await child.exited
      const acknowledged = printed.split('\n').filter((line) => line !== '').length
      const rows = await database.db.selectFrom('crash').select('id').execute()
      expect(acknowledged).toBeGreaterThanOrEqual(100)
      expect(rows.length).toBeGreaterThanOrEqual(acknowledged)
    })

    it('refuses queries after close, and closes twice without harm', async () => {
      const other = await openDatabase<Tables>(fresh.url, quiet)
      await other.close()
      await other.close()
      await expect(other.db.selectFrom('thing').selectAll().execute()).rejects.toThrow()
    })
  })
}

function toError(error: unknown): unknown {
  return error
}
