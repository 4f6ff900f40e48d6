import { describe, expect, it } from 'bun:test'
import { leakedTokens } from './leaked-tokens'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({ alg: 'HS256' })}.${part({ sub: 'somebody' })}.${'s'.repeat(43)}`

describe('leakedTokens', () => {
  it('[SEC-110] finds a token in any line of a log, and does not repeat it', () => {
    const leaks = leakedTokens(`starting\n{"url":"/enterRoom/1","protocol":"ticket.${token}"}\nready`)
    expect(leaks).toHaveLength(1)
    expect(leaks[0]).toStartWith('2: {"url":"/enterRoom/1"')
    expect(leaks[0]).not.toContain(token)
  })

  it('lets ordinary lines pass', () => {
    expect(leakedTokens('eyJ is how they begin\n1.2.3\nhttps://example.org/a.b.c')).toEqual([])
  })
})
