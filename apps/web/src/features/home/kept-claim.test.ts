import { describe, expect, it } from 'bun:test'
import type { Claim, ClaimApi } from './claim-api'
import { keepsClaim, tabClaim } from './kept-claim'

const seat = { code: 'QX7M2KDP', name: 'Торин' }

/** A tab, and a server that counts what is claimed. */
function tab(text: string | null = null) {
  const texts = new Map<string, string>(text === null ? [] : [['innkeeper.claim', text]])
  const kept = () =>
    tabClaim({
      getItem: (name) => texts.get(name) ?? null,
      setItem: (name, value) => void texts.set(name, value),
      removeItem: (name) => void texts.delete(name),
    })
  const made: Claim[] = []
  const server: ClaimApi = {
    make() {
      made.push({ claimId: `id-${made.length + 1}`, claimSecret: 'secret' })
      return Promise.resolve(made[made.length - 1] ?? { claimId: '', claimSecret: '' })
    },
    ask: () => Promise.resolve(null),
  }
  return { kept, made, api: () => keepsClaim(server, kept()) }
}

describe('a pending claim', () => {
  it('outlives a reload, and the game master is not asked twice', async () => {
    const { api, kept, made } = tab()
    const before = await api().make(seat)
    expect(kept().load()).toEqual({ seat, claim: before })
    expect(await api().make(seat)).toEqual(before)
    expect(made).toHaveLength(1)
  })

  it('is made anew for another seat, and once it was answered', async () => {
    const { api, kept, made } = tab()
    await api().make(seat)
    await api().make({ ...seat, name: 'Lia' })
    kept().drop()
    expect(kept().load()).toBeNull()
    await api().make({ ...seat, name: 'Lia' })
    expect(made).toHaveLength(3)
  })

  it('is none where the tab has kept something else', () => {
    for (const text of ['', '{', 'null', '{"seat":{}}', '{"seat":{"code":"a","name":"b"},"claim":{}}'])
      expect(tab(text).kept().load()).toBeNull()
  })
})
