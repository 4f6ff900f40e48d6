import { describe, expect, it } from 'bun:test'
import { z } from 'zod'
import { choiceSetting, originsSetting, portSetting, readSettings, trustProxySetting } from './settings'

const shape = {
  PORT: portSetting(7777),
  LOG_LEVEL: choiceSetting(['info', 'debug']),
  ALLOWED_ORIGINS: originsSetting(),
  TRUST_PROXY: trustProxySetting(),
  SECRET: z.string().min(32).optional().describe('at least 32 characters'),
}

describe('readSettings', () => {
  it('fills in what is absent or empty', () => {
    const settings = readSettings(shape, { PORT: '', UNRELATED: 'x' })
    expect(settings).toMatchObject({ PORT: 7777, LOG_LEVEL: 'info', ALLOWED_ORIGINS: [] })
  })

  it('names each bad setting, its value and what was expected', () => {
    const env = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      ALLOWED_ORIGINS: 'https://a.example/path',
      TRUST_PROXY: 'yes',
    }
    expect(() => readSettings(shape, env)).toThrow(
      [
        'PORT is "70000": expected a port from 0 to 65535',
        'LOG_LEVEL is "loud": expected one of info, debug',
        'ALLOWED_ORIGINS is "https://a.example/path": expected origins such as https://play.example, separated by commas, without a path',
        'TRUST_PROXY is "yes": expected addresses, CIDR ranges, loopback or private, separated by commas',
      ].join('\n'),
    )
  })

  it('takes a value at the limit and refuses one past it', () => {
    expect(readSettings(shape, { PORT: '65535' }).PORT).toBe(65_535)
    for (const port of ['65536', '-1', '1.5', '0x10', ' 80', 'NaN']) {
      expect(() => readSettings(shape, { PORT: port })).toThrow('PORT')
    }
  })

  it('never prints a secret', () => {
    expect(() => readSettings(shape, { SECRET: 'hunter2' }, ['SECRET'])).toThrow(
      'SECRET is [secret]: expected at least 32 characters',
    )
  })
})
