import type { PlayerUuid, SignInId } from '@innkeeper/protocol/ids'
import { afterEach, describe, expect, it } from 'bun:test'
import { until } from '../../../tests/support/until'
import { type StillClock, stillClock } from '../test-support/effects'
import type { Revocation, Revocations } from './revocations'

/** Nodes that share their revocations; a single-node adapter gives the same one each time. */
export interface RevocationNodes {
  /** A node that has just started. */
  start(): Promise<Revocations>
  close(): Promise<void>
}

const sid = 'sign-in-1' as SignInId
const uuid = 'player-1' as PlayerUuid
const minute = 60_000

/** What every adapter of `Revocations` keeps to. `create` gets the clock that all nodes read. */
export function revocationsContract(name: string, create: (time: StillClock) => RevocationNodes): void {
  describe(`revocations: ${name}`, () => {
    const opened: RevocationNodes[] = []
    afterEach(async () => {
      for (const nodes of opened.splice(0)) await nodes.close()
    })

    async function setUp() {
      const time = stillClock()
      const nodes = create(time)
      opened.push(nodes)
      const [here, there] = [await nodes.start(), await nodes.start()]
      const iat = Math.floor(time.nowMs / 1000)
      return { time, nodes, here, there, iat }
    }

    it('[SEC-77] ends a sign-in here at once and elsewhere within a moment, and no other', async () => {
      const { here, there, iat, time } = await setUp()
      expect(here.isRevoked({ sid, uuid, iat })).toBe(false)
      const done = here.revokeSignIn(sid, time.nowMs + 30 * minute)
      expect(here.isRevoked({ sid, uuid, iat })).toBe(true)
      await done
      await until(() => there.isRevoked({ sid, uuid, iat }))
      expect(there.isRevoked({ sid: 'sign-in-2' as SignInId, uuid, iat })).toBe(false)
      expect(there.isRevoked({ uuid, iat })).toBe(false)
    })

    it('ends what a player was issued up to a moment, and nothing later', async () => {
      const { here, there, iat, time } = await setUp()
      await here.revokePlayer(uuid, time.nowMs)
      await until(() => there.isRevoked({ sid, uuid, iat }))
      for (const node of [here, there]) {
        expect(node.isRevoked({ uuid, iat: iat - 100 })).toBe(true)
        expect(node.isRevoked({ uuid, iat: iat + 1 })).toBe(false)
        expect(node.isRevoked({ uuid: 'player-2' as PlayerUuid, iat })).toBe(false)
      }
    })

    it('moves the moment of a player forward, and never back', async () => {
      const { here, iat, time } = await setUp()
      await here.revokePlayer(uuid, time.nowMs)
      await here.revokePlayer(uuid, time.nowMs - 10_000)
      expect(here.isRevoked({ uuid, iat })).toBe(true)
      await here.revokePlayer(uuid, time.nowMs + 5_000)
      expect(here.isRevoked({ uuid, iat: iat + 5 })).toBe(true)
    })

    it('[SEC-104] tells its listeners once, wherever it was made, until they no longer listen', async () => {
      const { here, there, time } = await setUp()
      const heard: Revocation[] = []
      const stop = there.onRevoked((revocation) => heard.push(revocation))
      const untilMs = time.nowMs + 30 * minute
      await here.revokeSignIn(sid, untilMs)
      await here.revokeSignIn(sid, untilMs)
      await here.revokePlayer(uuid, time.nowMs)
      await until(() => heard.length >= 2)
      expect(heard).toEqual([
        { kind: 'sign-in', sid, untilMs },
        { kind: 'player', uuid, beforeMs: time.nowMs, untilMs: time.nowMs + 31 * minute },
      ])
      stop()
      await here.revokeSignIn('sign-in-3' as SignInId, untilMs)
      await until(() => there.isRevoked({ sid: 'sign-in-3' as SignInId, uuid, iat: 0 }))
      expect(heard).toHaveLength(2)
    })

    it('[SEC-62] tells every node, once, that an issuer has lost a key', async () => {
      const { here, there, time } = await setUp()
      const heard: Revocation[] = []
      there.onRevoked((revocation) => heard.push(revocation))
      await here.announceLostKey('https://identity.example')
      await until(() => heard.length > 0)
      time.nowMs += 1
      await here.announceLostKey('https://identity.example')
      await until(() => heard.length > 1)
      expect(heard.map(({ kind }) => kind)).toEqual(['keys', 'keys'])
    })

    it('goes on when a listener fails', async () => {
      const { here, time } = await setUp()
      const heard: string[] = []
      here.onRevoked(() => {
        throw new Error('a socket was gone already')
      })
      here.onRevoked(({ kind }) => heard.push(kind))
      await here.revokeSignIn(sid, time.nowMs + minute)
      expect(heard).toEqual(['sign-in'])
    })

    it('still holds for a node that starts afterwards', async () => {
      const { here, nodes, iat, time } = await setUp()
      await here.revokeSignIn(sid, time.nowMs + 30 * minute)
      await here.revokePlayer(uuid, time.nowMs)
      const late = await nodes.start()
      expect(late.isRevoked({ sid, uuid: 'player-2' as PlayerUuid, iat })).toBe(true)
      expect(late.isRevoked({ uuid, iat })).toBe(true)
    })

    it('takes no notice of what is over', async () => {
      const { here, iat, time } = await setUp()
      await here.revokeSignIn(sid, time.nowMs)
      expect(here.isRevoked({ sid, uuid, iat })).toBe(false)
    })

    it('drops what is over while new ones come in', async () => {
      const { here, iat, time } = await setUp()
      await here.revokeSignIn(sid, time.nowMs + minute)
      await here.revokePlayer(uuid, time.nowMs)
      time.nowMs += 32 * minute
      await here.revokeSignIn('sign-in-2' as SignInId, time.nowMs + minute)
      expect(here.isRevoked({ sid, uuid, iat })).toBe(false)
    })
  })
}
