import { afterAll, afterEach, beforeAll, describe, it } from 'bun:test'
import { freshPostgresDatabase, testPostgresUrl, type FreshDatabase } from '../../../tests/support/services'
import { testSessions, type SessionsUnderTest, type TestOptions } from './test-sessions'

/** Opens sessions for one test; they are closed after it. */
export type OpenSessions = (options?: TestOptions) => Promise<SessionsUnderTest>

/** Runs a suite on SQLite, and on PostgreSQL where one is running. */
export function onDatabases(name: string, suite: (open: OpenSessions) => void): void {
  describe(`${name}, on SQLite`, () => {
    suite(closing((options) => testSessions('file::memory:', options)))
  })
  if (testPostgresUrl() === undefined) {
    it.skip(`${name}, on PostgreSQL: needs TEST_POSTGRES_URL`, () => {})
    return
  }
  describe(`${name}, on PostgreSQL`, () => {
    const made: { database?: FreshDatabase } = {}
    beforeAll(async () => {
      made.database = await freshPostgresDatabase()
    })
    afterAll(async () => {
      await made.database?.drop()
    })
    suite(closing((options) => testSessions(made.database?.url ?? '', options)))
  })
}

function closing(open: OpenSessions): OpenSessions {
  const opened: SessionsUnderTest[] = []
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close()
  })
  return async (options) => {
    const one = await open(options)
    opened.push(one)
    return one
  }
}
