import { describe, expect, it } from 'bun:test'
import { seatedTable } from '../../testing/empty-table'
import { sayWhen } from './say-when'
import { parseSnapshot, toKeptSnapshot } from './table-snapshot'
import { workerAddress } from './worker-address'

describe('a snapshot', () => {
  const snapshot = {
    sessionId: 's',
    me: 'lia',
    at: 1_795_296_000_000,
    table: seatedTable(['lia', 'Lia', 'player']),
  }

  it('is what was kept, through storage and back', () => {
    expect(parseSnapshot(structuredClone(toKeptSnapshot(snapshot)))).toEqual(snapshot)
  })

  it('is nothing where anything else was kept', () => {
    for (const kept of [
      null,
      'text',
      { ...snapshot, v: 2 },
      { v: 1, ...snapshot, table: {} },
      { v: 1, ...snapshot, at: 'now' },
    ])
      expect(parseSnapshot(kept)).toBeNull()
  })
})

describe('sayWhen', () => {
  const now = new Date(2026, 10, 22, 21, 4).getTime()

  it('names the day only when it is another', () => {
    expect(sayWhen(now - 60_000, { language: 'ru', now })).toBe('21:03')
    expect(sayWhen(now - 24 * 60 * 60_000, { language: 'ru', now })).toContain('21 нояб')
  })
})

describe('workerAddress', () => {
  it('passes the one script that there is through a policy that passes no other', () => {
    const made: { name: string; createScriptURL: (url: string) => string }[] = []
    const trustedTypes = {
      createPolicy(name: string, rules: { createScriptURL(url: string): string }) {
        made.push({ name, createScriptURL: rules.createScriptURL })
        return rules
      },
    }
    expect(workerAddress({ trustedTypes })).toBe('/sw.js')
    expect(made.map(({ name }) => name)).toEqual(['innkeeper'])
    expect(() => made[0]?.createScriptURL('/elsewhere.js')).toThrow(TypeError)
    expect(workerAddress({})).toBe('/sw.js')
  })
})
