import { describe, expect, it } from 'bun:test'
import { forgetRoll, noRolls, parseKeptRolls, rememberRoll, toggleStar } from './kept-rolls'

describe('kept rolls', () => {
  it('have the newest first, each once, and no more than eight', () => {
    const texts = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    expect(texts.reduce(rememberRoll, noRolls).recent).toEqual(['i', 'h', 'g', 'f', 'e', 'd', 'c', 'a'])
  })

  it('hold a starred roll until its star is taken away, and then as a recent one', () => {
    const starred = toggleStar(rememberRoll(noRolls, 'a'), 'a')
    expect(starred).toEqual({ starred: ['a'], recent: [] })
    expect(rememberRoll(starred, 'a')).toEqual(starred)
    expect(toggleStar(starred, 'a')).toEqual({ starred: [], recent: ['a'] })
    expect(forgetRoll(starred, 'a')).toEqual(noRolls)
  })

  it('come back from storage, and are none when storage holds anything else', () => {
    const kept = toggleStar(rememberRoll(noRolls, 'a'), 'b')
    expect(parseKeptRolls(JSON.stringify(kept))).toEqual(kept)
    for (const text of [null, '', '[', 'null', '7', '{"starred":3}', '{"recent":[7]}'])
      expect(parseKeptRolls(text)).toEqual(noRolls)
  })
})
