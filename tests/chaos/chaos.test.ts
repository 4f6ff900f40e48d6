import { describe, expect, it } from 'bun:test'
import { testPostgresUrl } from '../support/services'
import { databaseKinds } from './chaos-database'
import { playRound } from './chaos-round'

/** `npm run chaos` plays fifty. */
const rounds = [1, 2]

for (const kind of databaseKinds) {
  const describeHere = kind === 'PostgreSQL' && !testPostgresUrl() ? describe.skip : describe
  describeHere(`a server on ${kind} that is killed in the middle of 1,000 commands`, () => {
    it.each(rounds)(
      'loses nothing acknowledged, and does nothing twice: round %d',
      async () => {
        const { faults, underWay } = await playRound(kind)
        expect(faults).toEqual([])
        // Else nothing was at stake.
        expect(underWay).toBeGreaterThan(0)
      },
      120_000,
    )
  })
}
