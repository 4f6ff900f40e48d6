import type { Transaction } from 'kysely'
import type { PlayerUuid } from '@innkeeper/protocol/ids'
import { AppError } from '@innkeeper/protocol/problems'
import type { Clock, Random } from '@innkeeper/protocol/tools'
import type { Database } from '@innkeeper/storage/open-database'
import { isUniqueViolation } from '@innkeeper/storage/storage-error'
import { identityLimits } from '../identity-limits'
import type { AccountRow, IdentityTables } from '../migrations/identity-migrations'
import type { Account, Accounts, AccountSecrets, NewAccount } from './accounts'

interface Tools {
  readonly db: Database<IdentityTables>['db']
  readonly clock: Clock
  readonly random: Random
}

/** Accounts on SQLite and PostgreSQL. Run `identityMigrations` first. */
export function createSqlAccounts(
  database: Database<IdentityTables>,
  effects: { readonly clock: Clock; readonly random: Random },
): Accounts {
  const { db } = database
  const tools = { ...effects, db }
  return {
    create: (account) => create(tools, account),
    find: async (uuid) => {
      const row = await db.selectFrom('account').selectAll().where('uuid', '=', uuid).executeTakeFirst()
      return row && parseAccount(row)
    },
    findSecrets: async (by) => {
      const query = db.selectFrom('account').selectAll()
      const one = 'uuid' in by ? query.where('uuid', '=', by.uuid) : query.where('username', '=', by.username)
      const row = await one.executeTakeFirst()
      return row && parseSecrets(row)
    },
    changeNick: (uuid, nick, skeleton) => changeNick(tools, uuid, { nick, nick_skeleton: skeleton }),
    changePassword: async (uuid, epoch, passwordHash) => {
      const { numUpdatedRows } = await db
        .updateTable('account')
        .set({ password_hash: passwordHash, auth_epoch: epoch + 1, password_changed_at: tools.clock() })
        .where('uuid', '=', uuid)
        .where('auth_epoch', '=', epoch)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    remove: (uuid) => remove(tools, uuid),
  }
}

async function create({ db, clock, random }: Tools, account: NewAccount): Promise<Account> {
  const now = clock()
  const row: AccountRow = {
    uuid: random.uuid(),
    username: account.username,
    nick: account.nick,
    nick_skeleton: account.nickSkeleton,
    password_hash: account.passwordHash,
    auth_epoch: 0,
    created_at: now,
    password_changed_at: now,
  }
  return await translateTaken(() =>
    db.transaction().execute(async (trx) => {
      await trx.insertInto('account').values(row).execute()
      await refuseReserved(trx, 'username', { value: row.username, now })
      await refuseReserved(trx, 'nick', { value: row.nick_skeleton, now })
      return parseAccount(row)
    }),
  )
}

async function changeNick(
  { db, clock }: Tools,
  uuid: PlayerUuid,
  nick: Pick<AccountRow, 'nick' | 'nick_skeleton'>,
): Promise<Account | undefined> {
  return await translateTaken(() =>
    db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('account')
        .set(nick)
        .where('uuid', '=', uuid)
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) return undefined
      await refuseReserved(trx, 'nick', { value: nick.nick_skeleton, now: clock() })
      return parseAccount(row)
    }),
  )
}

// Looked at after the write, because the write may have waited for a deletion to end; the throw undoes it.
async function refuseReserved(
  trx: Transaction<IdentityTables>,
  kind: 'username' | 'nick',
  { value, now }: { readonly value: string; readonly now: number },
): Promise<void> {
  const row = await trx
    .selectFrom('reserved_name')
    .select('until')
    .where('kind', '=', kind)
    .where('value', '=', value)
    .where('until', '>', now)
    .executeTakeFirst()
  if (row !== undefined) throw nameTaken(kind)
}

async function remove({ db, clock }: Tools, uuid: PlayerUuid): Promise<boolean> {
  const now = clock()
  const until = now + identityLimits.nameReservedMs
  return await db.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom('account')
      .where('uuid', '=', uuid)
      .returning(['username', 'nick_skeleton'])
      .executeTakeFirst()
    if (gone === undefined) return false
    await trx.deleteFrom('reserved_name').where('until', '<=', now).execute()
    await trx
      .insertInto('reserved_name')
      .values([
        { kind: 'username', value: gone.username, until },
        { kind: 'nick', value: gone.nick_skeleton, until },
      ])
      .onConflict((conflict) => conflict.columns(['kind', 'value']).doUpdateSet({ until }))
      .execute()
    return true
  })
}

async function translateTaken<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (isUniqueViolation(error, { table: 'account', column: 'username' })) throw nameTaken('username')
    if (isUniqueViolation(error, { table: 'account', column: 'nick_skeleton' })) throw nameTaken('nick')
    throw error
  }
}

function nameTaken(field: 'username' | 'nick'): AppError {
  const detail =
    field === 'username' ? 'This username is taken' : 'This name, or one that looks like it, is taken'
  return new AppError('name-taken', detail, { field })
}

function parseAccount(row: AccountRow): Account {
  return {
    uuid: row.uuid as PlayerUuid,
    username: row.username,
    nick: row.nick,
    createdAtMs: row.created_at,
    passwordChangedAtMs: row.password_changed_at,
    epoch: row.auth_epoch,
  }
}

function parseSecrets(row: AccountRow): AccountSecrets {
  return { ...parseAccount(row), passwordHash: row.password_hash }
}
