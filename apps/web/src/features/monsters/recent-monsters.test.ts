import { describe, expect, it } from 'bun:test'
import { mergeRecent, parseRecent } from './recent-monsters'

const brief = (id: string) => ({ id, name: id, armorClass: 10, hitPoints: 5, hitDice: '1d8', challenge: '0' })

describe('mergeRecent', () => {
  it('puts what was used now in front, each kind once, and forgets the oldest', () => {
    const known = ['rat', 'goblin', 'ogre', 'wolf', 'imp', 'ghoul'].map(brief)
    const ids = mergeRecent([brief('ogre'), brief('lich')], known).map(({ id }) => id)
    expect(ids).toEqual(['ogre', 'lich', 'rat', 'goblin', 'wolf', 'imp'])
  })
})

describe('parseRecent', () => {
  it('reads what was kept, and nothing else', () => {
    expect(parseRecent(JSON.stringify([brief('rat')]))).toEqual([brief('rat')])
    for (const other of [null, '', '{', '{}', '[1]', '[{"id":"rat"}]']) expect(parseRecent(other)).toEqual([])
  })
})
