import type { ApiManual } from '@innkeeper/web-kit/api-document'

const at = 1_795_296_000_000
const uuid = '5d7f9b13-2468-4ace-8bdf-13579bdf0246'
const password = 'correct horse battery staple'
const account = { uuid, username: 'wirt', nick: 'Wirt', createdAt: at, passwordChangedAt: at }
const signIn = {
  id: 'b7c9d1e3-5f60-4a82-93b4-c5d6e7f80912',
  current: true,
  device: { name: 'Phone', userAgent: 'Mozilla/5.0', ipPrefix: '203.0.113.0/24' },
  createdAt: at,
  lastUsedAt: at,
  expiresAt: at + 30 * 24 * 3_600_000,
}

/** What the routes of accounts are about, and an example of each body and answer. */
export const identityManual: ApiManual = {
  tags: {
    'sign in': 'Accounts, and tokens that say who somebody is.',
    account: 'One’s own account, its devices, and all that is kept about it.',
    keys: 'The public keys that identity tokens are verified with.',
  },
  bodies: {
    'POST /auth/register': { username: 'wirt', password, nick: 'Wirt', device: 'Phone' },
    'POST /auth/login': { username: 'wirt', password },
    'POST /auth/refresh': { refreshToken: '<refresh token>' },
    'PATCH /auth/account': { nick: 'Wirt the second' },
    'DELETE /auth/account': { password },
    'POST /auth/password': { current: password, next: 'another horse, another staple' },
  },
  answers: {
    SignedIn: {
      token: '<identity token>',
      expiresIn: 900,
      refreshToken: '<refresh token>',
      player: { uuid, nick: 'Wirt' },
    },
    Account: account,
    SignIns: { signIns: [signIn] },
    AccountExport: {
      exportedAt: at,
      account,
      signIns: [signIn],
      events: [{ at, signIn: signIn.id, kind: 'registered', detail: '' }],
      tables: [],
    },
    KeySet: {
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
          y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
          kid: '2026-11-22',
          use: 'sig',
          alg: 'ES256',
        },
      ],
    },
    'GET /.well-known/jwt-public-key.pem':
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…\n-----END PUBLIC KEY-----\n',
  },
}
