import { describe, expect, it } from 'bun:test'
import { AxiosError, AxiosHeaders } from 'axios'
import type { TakenSeat } from '../../services/seat'
import type { ClaimApi } from './claim-api'
import { type ClaimState, followClaim } from './follow-claim'

const seat = { code: 'QX7M2KDP', name: 'Торин' }
const taken: TakenSeat = {
  seat: {
    session: { id: 's', code: 'QX7M2KDP', name: 'Phandalin' },
    player: { uuid: 'u', name: 'Торин', role: 'player' },
    tokens: { access: 'a', refresh: 'r' },
    channelToken: 'c',
  },
  recoveryKey: 'k',
}

function problem(type: string, status: number): AxiosError {
  const config = { headers: new AxiosHeaders() }
  const response = { data: { type }, status, statusText: '', headers: {}, config }
  return new AxiosError('refused', undefined, config, undefined, response)
}

/** Follows a claim whose questions are answered in this order. @returns the kinds of states that were told */
async function follow(answers: readonly (TakenSeat | Error | null)[], make?: ClaimApi['make']) {
  const left = [...answers]
  const stop = new AbortController()
  const states: ClaimState[] = []
  const api: ClaimApi = {
    make: make ?? (() => Promise.resolve({ claimId: 'id', claimSecret: 'secret' })),
    async ask() {
      const next = left.shift()
      if (left.length === 0 && next === null) stop.abort()
      if (next instanceof Error) throw next
      return next ?? null
    },
  }
  await followClaim(seat, { api, signal: stop.signal, pause: () => Promise.resolve() }, (state) =>
    states.push(state),
  )
  return states
}

const kindsOf = (states: readonly ClaimState[]) => states.map(({ kind }) => kind)

describe('a claim', () => {
  it('is asked for until the game master says yes', async () => {
    const states = await follow([null, null, taken])
    expect(kindsOf(states)).toEqual(['asking', 'waiting', 'waiting', 'waiting', 'granted'])
    expect(states.at(-1)).toEqual({ kind: 'granted', taken })
  })

  it('outlives a server that cannot be asked, and says so meanwhile', async () => {
    const states = await follow([new AxiosError('no network'), problem('/problems/too-many', 429), taken])
    expect(states.slice(2, 4)).toEqual([
      { kind: 'waiting', isUnheard: true },
      { kind: 'waiting', isUnheard: true },
    ])
    expect(states.at(-1)?.kind).toBe('granted')
  })

  it('ends with a no, or when nobody answers', async () => {
    expect(kindsOf(await follow([problem('/problems/claim-declined', 403)]))).toContain('declined')
    expect(kindsOf(await follow([problem('/problems/not-found', 404)]))).toContain('expired')
  })

  it('that cannot be made is not asked for', async () => {
    const refusal = problem('/problems/not-allowed', 403)
    const states = await follow([taken], () => Promise.reject(refusal))
    expect(states).toEqual([{ kind: 'asking' }, { kind: 'refused', error: refusal }])
  })

  it('says nothing more once it was called off', async () => {
    expect(kindsOf(await follow([null]))).toEqual(['asking', 'waiting'])
  })
})
