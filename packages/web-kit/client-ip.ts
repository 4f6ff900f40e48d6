import { BlockList, isIP } from 'node:net'

/** Whose word about a client's address is believed: the addresses of the operator's own proxies. */
export interface TrustedProxies {
  trusts(ip: string): boolean
}

/** Believes nobody: the socket's address is the client's. */
export const noTrustedProxies: TrustedProxies = { trusts: () => false }

const namedRanges: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/**
 * Reads `TRUST_PROXY`: addresses, CIDR ranges, `loopback` and `private`, separated by commas.
 *
 * @returns undefined when a part is none of these
 */
export function parseTrustedProxies(text: string): TrustedProxies | undefined {
  const list = new BlockList()
  for (const part of text.split(',').map((piece) => piece.trim())) {
    for (const range of namedRanges[part] ?? [part]) {
      if (!addRange(list, range)) return undefined
    }
  }
  return { trusts: (ip) => list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4') }
}

function addRange(list: BlockList, range: string): boolean {
  const [address = '', prefix, ...rest] = range.split('/')
  const version = isIP(address)
  const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix)
  if (version === 0 || rest.length > 0 || prefix === '') return false
  if (!Number.isInteger(bits) || bits < 0 || bits > (version === 6 ? 128 : 32)) return false
  list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  return true
}

/**
 * Who is calling. `X-Forwarded-For` is read from the right, and only as far as trusted proxies wrote it: whatever a
 * client puts in front of that is ignored.
 *
 * @param socketIp  the address of the peer, or undefined where there is none (a test): answered as `unknown`
 * @returns an address in its shortest plain form (`::ffff:1.2.3.4` becomes `1.2.3.4`)
 */
export function clientIp(request: Request, socketIp: string | undefined, proxies: TrustedProxies): string {
  if (socketIp === undefined) return 'unknown'
  let nearest = plainIp(socketIp)
  if (!proxies.trusts(nearest)) return nearest
  const hops = request.headers.get('x-forwarded-for')?.split(',') ?? []
  for (const hop of hops.reverse()) {
    const ip = plainIp(hop.trim())
    if (isIP(ip) === 0) return nearest
    if (!proxies.trusts(ip)) return ip
    nearest = ip
  }
  return nearest
}

function plainIp(ip: string): string {
  return ip.toLowerCase().startsWith('::ffff:') && isIP(ip.slice(7)) === 4 ? ip.slice(7) : ip
}

/**
 * What a limit per address counts by: an IPv4 address, or the /64 of an IPv6 address, because one home has all of it.
 */
export function ipForLimits(ip: string): string {
  // Asked several times for every socket: only an IPv6 address has a colon, and that is quickly seen.
  return ip.includes(':') && isIP(ip) === 6 ? `${ipv6Groups(ip).slice(0, 4).join(':')}::/64` : ip
}

/** An address made coarse for people to read and for us to keep: IPv4 /24, IPv6 /48. */
export function ipPrefix(ip: string): string {
  const version = isIP(ip)
  if (version === 4) return `${ip.split('.').slice(0, 3).join('.')}.0/24`
  return version === 6 ? `${ipv6Groups(ip).slice(0, 3).join(':')}::/48` : 'unknown'
}

function ipv6Groups(ip: string): readonly string[] {
  const [bare = ''] = ip.split('%')
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...middle, ...right].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
}
