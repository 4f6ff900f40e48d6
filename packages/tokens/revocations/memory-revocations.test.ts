import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { silentLog } from '@innkeeper/protocol/tools'
import { expect, it } from 'bun:test'
import { stillClock } from '../test-support/effects'
import { memoryRevocations } from './memory-revocations'
import { revocationsContract } from './revocations-contract'

revocationsContract('memory', ({ clock }) => {
  const only = memoryRevocations({ clock, log: silentLog })
  return {
    async start() {
      await only.start()
      return only
    },
    close: () => only.close(),
  }
})

it('revocations in memory start with what is loaded', async () => {
  const { clock, nowMs } = stillClock()
  const [sid, uuid] = ['s' as SignInId, 'p' as PlayerUuid]
  const load = () =>
    Promise.resolve([
      { kind: 'sign-in', sid, untilMs: nowMs + 1_000 },
      { kind: 'player', uuid, beforeMs: nowMs, untilMs: nowMs + 1_000 },
    ] as const)
  const revocations = memoryRevocations({ clock, log: silentLog, load })
  await revocations.start()
  expect(revocations.isRevoked({ sid, uuid: 'other' as PlayerUuid, iat: 0 })).toBe(true)
  expect(revocations.isRevoked({ uuid, iat: 0 })).toBe(true)
})
