import { describe, expect, it } from 'bun:test'
import { toConnectionFace } from './connection-face'

const lost = { kind: 'waiting', retryInMs: 500, sinceMs: 1 } as const

describe('toConnectionFace', () => {
  it.each([
    ['a table that is being entered', { kind: 'connecting', sinceMs: null }, 'quiet', 'entering'],
    ['a live table', { kind: 'live' }, 'quiet', 'synced'],
    ['a short drop', lost, 'quiet', 'synced'],
    ['a drop of some seconds', lost, 'icon', 'away'],
    ['a drop of ten seconds', lost, 'words', 'lost'],
    ['a drop of twenty seconds', lost, 'warning', 'lost'],
    ['an unanswered command on an open line', { kind: 'live' }, 'words', 'lost'],
    ['the end', { kind: 'ended', code: 4404, reason: '' }, 'warning', 'ended'],
  ] as const)('%s', (_of, ...[state, honesty, face]) => {
    expect(toConnectionFace(state, honesty, 0)).toBe(face)
  })

  it('says that something is on its way', () => {
    expect(toConnectionFace({ kind: 'live' }, 'quiet', 1)).toBe('sending')
  })
})
