import { createPublicKey, verify } from 'node:crypto'
import { type Job, parseJob, type VerifyJob, type VerifyResult } from '../load/jobs'
import { startStopwatch } from '../load/stopwatch'
import { mintTokens } from '../load/tokens'

/**
 * Not a server: how many ES256 signatures one core verifies per second, with nothing around it. Both ways that Bun
 * offers are tried, the synchronous one and WebCrypto with 64 at a time, and the faster one counts.
 */
const job = toVerifyJob(parseJob(await Bun.stdin.text()))
const { x, y } = job.issuer.privateKey
const publicKey = { kty: 'EC', crv: 'P-256', x, y }

const signed = mintTokens(job.issuer, 2_000).map((token) => {
  const end = token.lastIndexOf('.')
  return {
    content: Buffer.from(token.slice(0, end)),
    signature: Buffer.from(token.slice(end + 1), 'base64url'),
  }
})

function toVerifyJob(any: Job): VerifyJob {
  if (any.kind !== 'verify') throw new Error(`Expected a verify job, not ${any.kind}`)
  return any
}

async function measure(verifyOne: (index: number) => Promise<boolean> | boolean, lanes: number) {
  const stop = startStopwatch(process.pid)
  const endsAt = performance.now() + job.measureMs
  const counts = await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      let count = 0
      for (let index = lane; performance.now() < endsAt; index += lanes, count++) {
        const result = verifyOne(index % signed.length)
        if (!(typeof result === 'boolean' ? result : await result))
          throw new Error('A good signature was refused')
      }
      return count
    }),
  )
  const load = { ...stop(), generatorCpu: 0 }
  return { ...load, perSecond: counts.reduce((sum, count) => sum + count, 0) / load.seconds }
}

function at(index: number) {
  const one = signed[index]
  if (!one) throw new Error('No such token')
  return one
}

const nodeKey = createPublicKey({ key: publicKey, format: 'jwk' })
const webKey = await crypto.subtle.importKey(
  'jwk',
  publicKey,
  { name: 'ECDSA', namedCurve: 'P-256' },
  false,
  ['verify'],
)
const sync = await measure(
  (index) =>
    verify('sha256', at(index).content, { key: nodeKey, dsaEncoding: 'ieee-p1363' }, at(index).signature),
  1,
)
const web = await measure(
  (index) =>
    crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, webKey, at(index).signature, at(index).content),
  64,
)
const result: VerifyResult = { sync, web, fastest: sync.perSecond > web.perSecond ? sync : web }
process.stdout.write(`${JSON.stringify(result)}
`)
