import { describe, expect, it } from 'bun:test'
import { bearerToken } from './bearer-token'
import { clientIp, ipForLimits, ipPrefix, noTrustedProxies, parseTrustedProxies } from './client-ip'

const forwarded = (value: string) => new Request('http://x/', { headers: { 'x-forwarded-for': value } })
const proxies = parseTrustedProxies('10.0.0.0/8, 192.0.2.7, fd00::/8') ?? noTrustedProxies

describe('clientIp', () => {
  it('[SEC-154] ignores X-Forwarded-For from a peer that is not a trusted proxy', () => {
    expect(clientIp(forwarded('1.2.3.4'), '203.0.113.9', proxies)).toBe('203.0.113.9')
    expect(clientIp(forwarded('1.2.3.4'), '10.0.0.1', noTrustedProxies)).toBe('10.0.0.1')
  })

  it('[SEC-154] takes the rightmost address that no trusted proxy has, whatever the client put in front', () => {
    expect(clientIp(forwarded('6.6.6.6, 203.0.113.9, 192.0.2.7'), '10.0.0.1', proxies)).toBe('203.0.113.9')
    expect(clientIp(forwarded('203.0.113.9'), '::ffff:10.0.0.1', proxies)).toBe('203.0.113.9')
  })

  it('stops at something that is not an address', () => {
    expect(clientIp(forwarded('203.0.113.9, unknown'), '10.0.0.1', proxies)).toBe('10.0.0.1')
    expect(clientIp(forwarded('10.0.0.5'), '10.0.0.1', proxies)).toBe('10.0.0.5')
  })
})

describe('parseTrustedProxies', () => {
  it('knows names, ranges and addresses, and refuses anything else', () => {
    expect(parseTrustedProxies('loopback')?.trusts('::1')).toBe(true)
    expect(parseTrustedProxies('loopback')?.trusts('10.0.0.1')).toBe(false)
    for (const bad of ['yes', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '', '1', 'fd00::/129']) {
      expect(parseTrustedProxies(bad)).toBeUndefined()
    }
  })
})

describe('ipForLimits and ipPrefix', () => {
  it('counts an IPv6 home as one', () => {
    expect(ipForLimits('2001:db8:1:2:aaaa::1')).toBe(ipForLimits('2001:0db8:0001:0002::ffff'))
    expect(ipForLimits('2001:db8:1:2::1')).not.toBe(ipForLimits('2001:db8:1:3::1'))
    expect(ipForLimits('203.0.113.9')).toBe('203.0.113.9')
  })

  it('keeps only the coarse part of an address', () => {
    expect(ipPrefix('203.0.113.9')).toBe('203.0.113.0/24')
    expect(ipPrefix('2001:db8:1:2::1')).toBe('2001:db8:1::/48')
    expect(ipPrefix('unknown')).toBe('unknown')
  })
})

describe('bearerToken', () => {
  it('reads the credentials whatever the case of the scheme', () => {
    expect(bearerToken('Bearer abc.def')).toBe('abc.def')
    expect(bearerToken('bEARER abc.def')).toBe('abc.def')
  })

  it('finds nothing in another scheme or shape', () => {
    for (const header of [
      undefined,
      null,
      '',
      'Bearer',
      'Bearer ',
      'Basic abcdefgh',
      'Bearerabcdefgh',
      'Bearer a b',
    ]) {
      expect(bearerToken(header)).toBeUndefined()
    }
  })
})
