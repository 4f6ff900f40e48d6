import { describe, expect, it } from 'bun:test'
import { createJsonLog, withoutTokens } from './json-log'

const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'

describe('a line of the log', () => {
  it('is one JSON object with its level, its time, its service and its fields', () => {
    const [line] = logged((log) => log.warn({ room: 'r1' }, 'something odd'))
    expect(line).toEndWith('\n')
    const written = JSON.parse(line ?? '')
    expect(written).toMatchObject({ level: 'warn', service: 'test', room: 'r1', msg: 'something odd' })
    expect(new Date(written.time).toISOString()).toBe(written.time)
  })

  it.each([
    'token',
    'tokenJwt',
    'accessToken',
    'refreshToken',
    'ticket',
    'password',
    'recoveryKey',
    'secret',
    'authorization',
    'cookie',
    'sec-websocket-protocol',
  ])('[SEC-110] holds no %s, at any of three depths', (field) => {
    const [line = ''] = logged((log) =>
      log.info({ [field]: 'hush-1', a: { [field]: 'hush-2', b: { [field]: 'hush-3' } }, kept: 'seen' }, 'x'),
    )
    expect(line).not.toContain('hush')
    expect(line.split('[secret]')).toHaveLength(4)
    expect(line).toContain('seen')
  })

  it('[SEC-110] holds nothing that looks like a token, wherever it stands', () => {
    const lines = logged((log) => {
      log.info({ note: `got ${jwt} from a client` }, `refused ${jwt}`)
      log.error({ error: new Error(`bad: ${jwt}`) }, 'failed')
      log.info({ url: 'wss://play.example/ws?since=1&token=channel-secret-1' }, 'opened')
    })
    expect(lines.join('')).not.toMatch(/eyJ|channel-secret/)
    expect(lines[2]).toContain('/ws?since=1&token=[secret]')
  })

  it('tells of an error its name, message, stack and cause, and nothing that was hung on it', () => {
    const cause = new TypeError('the cause')
    const error = Object.assign(new Error('the error', { cause }), { command: { args: ['hush'] } })
    const [line = ''] = logged((log) => log.error({ error }, 'failed'))
    expect(JSON.parse(line)).toMatchObject({
      error: { name: 'Error', message: 'the error', cause: { name: 'TypeError', message: 'the cause' } },
    })
    expect(JSON.parse(line).error.stack).toContain('json-log.test.ts')
    expect(line).not.toContain('hush')
  })

  it('is not written below the level', () => {
    expect(logged((log) => log.debug({}, 'quiet'))).toEqual([])
  })
})

describe('withoutTokens', () => {
  it('leaves other texts as they are', () => {
    for (const text of ['', 'eyJ', 'a.b.c', 'room 12, ?since=4', '{"token":1}']) {
      expect(withoutTokens(text)).toBe(text)
    }
  })
})

function logged(write: (log: ReturnType<typeof createJsonLog>) => void): readonly string[] {
  const lines: string[] = []
  write(createJsonLog({ level: 'info', service: 'test' }, { write: (line) => void lines.push(line) }))
  return lines
}
