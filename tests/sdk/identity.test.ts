import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { Identity, SignedOut } from '@innkeeper/client/identity'
import { NoAnswer, RequestRefused } from '@innkeeper/client/request'
import { systemPlatform } from '@innkeeper/client/system-platform'
import { testPassword } from '../support/front-desk'
import { startTestServer, type TestServer } from '../support/start-server'
import { createSdkPlayer, pairOf, registerSdkPlayer } from './sdk-player'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error)

describe('an identity', () => {
  it('makes an account, is renamed, signs out, and signs in again', async () => {
    const { identity, username, requests } = await registerSdkPlayer(server)
    const { uuid } = await identity.account()
    const nick = `Neu${username.slice(4)}`
    expect(await identity.rename(nick)).toMatchObject({ uuid, username, nick })
    await identity.logout()
    expect(identity.isSignedIn).toBe(false)
    expect(await failure(identity.account())).toBeInstanceOf(SignedOut)
    expect(await identity.login({ username, password: testPassword })).toEqual({ uuid, nick })
    expect(requests).toContain('POST /auth/logout 204')
  })

  it('says why it was refused', async () => {
    const { identity, username } = await registerSdkPlayer(server)
    const error = await failure(createSdkPlayer(server).identity.login({ username, password: 'not it' }))
    expect(error).toBeInstanceOf(RequestRefused)
    expect(error).toMatchObject({ problem: { type: '/problems/credentials-wrong', status: 401 } })
    expect(identity.isSignedIn).toBe(true)
  })

  it('refreshes before the token ends, once for all who ask', async () => {
    const player = await registerSdkPlayer(server, { ...systemPlatform(), now: server.clock.now })
    const first = pairOf(player).access
    server.clock.advance(11 * 60_000)
    expect(await player.identity.token()).toBe(first)
    server.clock.advance(3 * 60_000)
    const tokens = await Promise.all(Array.from({ length: 5 }, () => player.identity.token()))
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).not.toBe(first)
    expect(player.requests.filter((request) => request.startsWith('POST /auth/refresh'))).toEqual([
      'POST /auth/refresh 200',
    ])
  })

  it('[SEC-64] repeats a request whose token has ended, with another one', async () => {
    const { identity, requests } = await registerSdkPlayer(server)
    server.clock.advance(16 * 60_000)
    await identity.account()
    expect(requests.slice(1)).toEqual([
      'GET /auth/account 401',
      'POST /auth/refresh 200',
      'GET /auth/account 200',
    ])
  })

  it('is signed out when its refresh token is dead, and says why', async () => {
    const player = await registerSdkPlayer(server)
    const other = createSdkPlayer(server)
    await other.identity.login({ username: player.username, password: testPassword })
    await other.identity.logoutEverywhere()
    expect(await failure(player.identity.account())).toEqual(new SignedOut('/problems/session-revoked'))
    expect([player.identity.isSignedIn, other.identity.isSignedIn]).toEqual([false, false])
  })

  it('ends the other sign-ins with the old password, and keeps its own', async () => {
    const player = await registerSdkPlayer(server)
    const other = createSdkPlayer(server)
    await other.identity.login({ username: player.username, password: testPassword })
    await player.identity.changePassword({ current: testPassword, next: 'a quite different staple 7' })
    await player.identity.account()
    expect(await failure(other.identity.account())).toBeInstanceOf(SignedOut)
  })

  it('keeps the sign-in when the server does not answer, and signs out without it', async () => {
    const { identity, pairs, effects } = await registerSdkPlayer(server)
    const away = { origin: 'http://127.0.0.1:9', fetch, pairs, effects }
    const offline = new Identity(away)
    expect(await failure(offline.account())).toBeInstanceOf(NoAnswer)
    expect(identity.isSignedIn).toBe(true)
    await offline.logout()
    expect(identity.isSignedIn).toBe(false)
  })
})
