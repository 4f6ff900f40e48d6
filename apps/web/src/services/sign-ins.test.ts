import { describe, expect, it } from 'bun:test'
import { parseSignIns } from './sign-ins'

describe('parseSignIns', () => {
  const signIn = (id: string, lastUsedAt: number, current = false) => ({
    id,
    current,
    device: {},
    lastUsedAt,
  })

  it('has this device first and then the latest used', () => {
    const list = [signIn('old', 1), signIn('here', 2, true), signIn('new', 3)]
    expect(parseSignIns(list).map(({ id }) => id)).toEqual(['here', 'new', 'old'])
  })

  it('reads what the device told about itself, and that it told nothing', () => {
    const device = { userAgent: 'Mozilla/5.0', ipPrefix: '203.0.113.0/24' }
    expect(parseSignIns([{ ...signIn('a', 2), device }, signIn('b', 1)])).toMatchObject([
      device,
      { userAgent: null, ipPrefix: null },
    ])
  })

  it('takes nothing else for a list of devices', () => {
    for (const other of [null, {}, [{}], [{ ...signIn('a', 1), device: null }]])
      expect(() => parseSignIns(other)).toThrow(TypeError)
  })
})
