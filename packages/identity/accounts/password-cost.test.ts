import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { createClient, randomName, type Answer, type Client } from '../testing/client'
import { startIdentity, type IdentityUnderTest } from '../testing/identity-under-test'
import { defaultHashCost } from './password-hasher'

const patientMs = 60_000

describe('passwords at their real cost', () => {
  let service: IdentityUnderTest
  let client: Client

  beforeAll(async () => {
    const memory = { url: 'file::memory:', drop: () => Promise.resolve() }
    service = await startIdentity(memory, defaultHashCost)
    client = createClient(service.identity.app)
  })

  afterAll(() => service.close())

  const tryLogin = (username: string, password: string): Promise<Answer> =>
    client.send('POST', '/auth/login', { body: { username, password } })

  it(
    '[SEC-151] answers an unknown name and a wrong password alike, and takes as long',
    async () => {
      const { username } = await client.register()
      const took = { known: 0, unknown: 0 }
      for (let sample = 0; sample < 4; sample++) {
        const start = performance.now()
        const wrong = await tryLogin(username, 'not the password')
        const middle = performance.now()
        const unknown = await tryLogin(randomName(), 'not the password')
        took.known += middle - start
        took.unknown += performance.now() - middle
        expect(wrong.status).toBe(401)
        expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' })
        expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()])
      }
      expect(took.unknown / took.known).toBeWithin(0.3, 3)
    },
    patientMs,
  )

  it(
    '[SEC-152] computes at most 5 hashes for 100 parallel wrong passwords',
    async () => {
      const { username, password } = await client.register()
      const start = performance.now()
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, attempt) =>
          createClient(service.identity.app).send('POST', '/auth/login', {
            body: { username, password: `wrong password ${attempt}` },
          }),
        ),
      )
      expect(performance.now() - start).toBeLessThan(5_000)
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused).toHaveLength(95)
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeWithin(1, 901)
      expect((await tryLogin(username, password)).status).toBe(429)
    },
    patientMs,
  )

  it(
    '[SEC-157] takes 50 sign-ins at once and keeps answering others',
    async () => {
      const visitors = await Promise.all(
        Array.from({ length: 10 }, () => createClient(service.identity.app).register()),
      )
      const since = performance.now()
      let longestMs = 0
      let last = since
      const timer = setInterval(() => {
        longestMs = Math.max(longestMs, performance.now() - last)
        last = performance.now()
      }, 5)
      const logins = visitors.flatMap(({ username, password }) =>
        Array.from({ length: 5 }, () => tryLogin(username, password)),
      )
      const answers = await Promise.all(logins)
      clearInterval(timer)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      // Hashing on this thread would take all of the time; a busy machine stretches both.
      expect(longestMs).toBeLessThan(Math.max(400, (performance.now() - since) / 4))
    },
    patientMs,
  )
})
