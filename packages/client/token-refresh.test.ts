import { describe, expect, it, spyOn } from 'bun:test'
import { inOneTab, type LockManagerLike } from './tab-lock'
import { type Exchange, type RefreshPorts, type TokenPair, TokenRefresh } from './token-refresh'

const first: TokenPair = { access: 'a1', refresh: 'r1' }
const second: TokenPair = { access: 'a2', refresh: 'r2' }
const renewed: Exchange = { kind: 'renewed', pair: second }

/** A browser's storage and a server that gives the scripted answers, then `renewed` for ever. */
function setUp(answers: readonly (Exchange | (() => Exchange))[] = []) {
  const script = [...answers]
  const storage: { pair: TokenPair | null; cleared: string | null } = { pair: first, cleared: null }
  const sent: string[] = []
  const ports: RefreshPorts = {
    load: () => storage.pair,
    save: (pair) => void (storage.pair = pair),
    clear: (reason) => Object.assign(storage, { pair: null, cleared: reason }),
    exchange: async (refresh) => {
      sent.push(refresh)
      await Promise.resolve()
      const answer = script.shift() ?? renewed
      return typeof answer === 'function' ? answer() : answer
    },
    exclusively: (work) => work(),
    after: (_ms, work) => {
      queueMicrotask(work)
      return () => {}
    },
    random: { below: () => 0, uuid: () => '' },
  }
  return { ports, storage, sent, refresh: new TokenRefresh(ports) }
}

describe('TokenRefresh', () => {
  it('exchanges once for many requests', async () => {
    const { refresh, sent, storage } = setUp()
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => refresh.refresh('a1')))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['{"kind":"fresh","access":"a2"}']),
    )
    expect(sent).toEqual(['r1'])
    expect(storage.pair).toEqual(second)
  })

  it('[SEC-90] uses what another tab has fetched already', async () => {
    const { refresh, sent, storage } = setUp()
    storage.pair = second
    expect(await refresh.refresh('a1')).toEqual({ kind: 'fresh', access: 'a2' })
    expect(sent).toEqual([])
  })

  it('sends the same token again while the server gives no verdict', async () => {
    const { refresh, sent } = setUp([{ kind: 'again' }, { kind: 'again' }])
    expect(await refresh.refresh('a1')).toEqual({ kind: 'fresh', access: 'a2' })
    expect(sent).toEqual(['r1', 'r1', 'r1'])
  })

  it('keeps the sign-in when the server stays away', async () => {
    const { refresh, sent, storage } = setUp(Array.from({ length: 5 }, () => ({ kind: 'again' }) as const))
    expect(await refresh.refresh('a1')).toEqual({ kind: 'unreachable' })
    expect(sent.length).toBe(5)
    expect(storage.pair).toEqual(first)
  })

  it('signs out when the refresh token is dead', async () => {
    const { refresh, storage } = setUp([{ kind: 'dead', reason: '/problems/session-revoked' }])
    expect(await refresh.refresh('a1')).toEqual({ kind: 'signed-out', reason: '/problems/session-revoked' })
    expect(storage).toEqual({ pair: null, cleared: '/problems/session-revoked' })
  })

  it('[SEC-89] does not undo a sign-out that happened in another tab meanwhile', async () => {
    const { refresh, storage, ports } = setUp()
    const { exchange } = ports
    const leaving = { ...ports, exchange: (token: string) => ((storage.pair = null), exchange(token)) }
    expect(await new TokenRefresh(leaving).refresh('a1')).toEqual({ kind: 'signed-out', reason: 'left' })
    expect(storage.pair).toBeNull()
    expect(await refresh.refresh('a1')).toEqual({ kind: 'signed-out', reason: 'left' })
  })

  it('does not sign out a seat that another tab has taken meanwhile', async () => {
    const fixture = setUp([
      () => {
        fixture.storage.pair = second
        return { kind: 'dead', reason: '/problems/refresh-reused' }
      },
    ])
    expect(await fixture.refresh.refresh('a1')).toEqual({ kind: 'fresh', access: 'a2' })
    expect(fixture.storage.cleared).toBeNull()
  })

  it('refreshes again later', async () => {
    const { refresh, sent } = setUp()
    await refresh.refresh('a1')
    await refresh.refresh('a2')
    expect(sent).toEqual(['r1', 'r2'])
  })
})

describe('inOneTab', () => {
  const work = () => Promise.resolve('done')

  it('works without locks, and when the lock cannot be had', async () => {
    const never: LockManagerLike = { request: () => Promise.reject(new DOMException('', 'TimeoutError')) }
    expect(await inOneTab('refresh', work, undefined)).toBe('done')
    expect(await inOneTab('refresh', work, never)).toBe('done')
  })

  it('[SEC-87] waits eight seconds for a lock that another tab has left behind, and no longer', async () => {
    const patience = new AbortController()
    const timeout = spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal)
    const orphaned: LockManagerLike = {
      request: (_name, { signal }) =>
        new Promise((_grant, refuse) => signal.addEventListener('abort', () => refuse(new Error('aborted')))),
    }
    try {
      const { ports, refresh } = setUp()
      const locked = new TokenRefresh({ ...ports, exclusively: (run) => inOneTab('refresh', run, orphaned) })
      const waiting = locked.refresh('a1')
      expect(timeout).toHaveBeenCalledWith(8_000)
      patience.abort()
      expect(await waiting).toEqual({ kind: 'fresh', access: 'a2' })
      expect(await refresh.refresh('a1')).toEqual({ kind: 'fresh', access: 'a2' })
    } finally {
      timeout.mockRestore()
    }
  })

  it('does not run the work twice when the work itself fails', async () => {
    const runs: string[] = []
    const locks: LockManagerLike = { request: (_name, _options, run) => run() }
    const failing = () => {
      runs.push('run')
      return Promise.reject(new Error('broken'))
    }
    expect(await inOneTab('refresh', failing, locks).catch((error: unknown) => String(error))).toBe(
      'Error: broken',
    )
    expect(runs).toEqual(['run'])
  })
})
