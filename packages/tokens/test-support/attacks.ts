import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { craft, identityKeys, type Target } from './targets'

/** Every text that an attacker might take for the secret of an identity token. */
export function publicKeyTexts(): [string, string | Uint8Array][] {
  const pem = identityKeys.publicKey.export({ type: 'spki', format: 'pem' })
  const { x = '', y = '', ...jwk } = identityKeys.publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return [
    ['PEM', pem],
    ['PEM after white space', `\n ${pem}`],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['PEM without its last line end', pem.trim()],
    ['DER', identityKeys.publicKey.export({ type: 'spki', format: 'der' })],
    ['x‖y', point],
    ['04‖x‖y', Buffer.concat([Buffer.from([4]), point])],
    ['JWK', JSON.stringify({ ...jwk, x, y })],
    ['nothing', ''],
  ]
}

/** Algorithms that no family takes, each with a key that is right for it. */
export function foreignSigners(): [string, (input: Buffer) => Buffer][] {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const ed25519 = generateKeyPairSync('ed25519').privateKey
  const ecdsa = (key: KeyObject, hash: string) => (input: Buffer) =>
    sign(hash, input, { key, dsaEncoding: 'ieee-p1363' })
  return [
    ['RS256', (input) => sign('sha256', input, rsa)],
    ['PS256', (input) => sign('sha256', input, { key: rsa, padding: 6, saltLength: 32 })],
    ['EdDSA', (input) => sign(null, input, ed25519)],
    ['Ed25519', (input) => sign(null, input, ed25519)],
    ['ES384', ecdsa(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, 'sha384')],
    ['ES512', ecdsa(generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey, 'sha512')],
  ]
}

/** A genuine token of exactly this length, made longer by spaces in its JSON. */
export function ofLength(target: Target, chars: number): string {
  for (let inHeader = 0; inHeader < 4; inHeader++) {
    const header = `${' '.repeat(inHeader)}${JSON.stringify(target.header())}`
    const claims = JSON.stringify(target.claims())
    const missing = chars - craft(target, { header, claims }).length
    for (const spaces of [0, 1, 2, 3].map((fewer) => Math.ceil((missing * 3) / 4) - fewer)) {
      const token = craft(target, { header, claims: ' '.repeat(spaces) + claims })
      if (token.length === chars) return token
    }
  }
  throw new Error(`No token of ${chars} characters`)
}
