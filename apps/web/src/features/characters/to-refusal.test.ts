import { describe, expect, it } from 'bun:test'
import { problems } from '@innkeeper/protocol/problems'
import { en } from '../../i18n/en'
import { flatten } from '../../testing/flatten'
import { toRefusal } from './to-refusal'

const known = new Set(flatten(en).map(([key]) => key))
const commands = ['create', 'import', 'edit', 'give', 'remove', 'roll', 'rest', 'spend', 'regain'].map(
  (verb) => `character.${verb}`,
)

describe('the words for a refused command about a character', () => {
  it('are there for every problem that they are looked up for', () => {
    const asked = Object.keys(problems).flatMap((code) =>
      commands.map((name) => toRefusal({ type: `/problems/${code}` }, { name })),
    )
    const keys = asked.flatMap((refusal) => (refusal === null ? [] : [refusal.key]))
    expect(keys.filter((key) => !known.has(key))).toEqual([])
    expect(new Set(keys).size).toBeGreaterThan(8)
  })

  it('say what stands in the way, by the command', () => {
    const keyOf = (name: string) => toRefusal({ type: '/problems/conflict' }, { name })?.key
    expect(keyOf('character.spend')).toBe('characters.refused.spend')
    expect(keyOf('character.remove')).toBe('characters.removeFighting')
  })

  it('name the limit where the table is full', () => {
    expect(toRefusal({ type: '/problems/conflict', limit: 8 }, { name: 'character.create' })).toEqual({
      key: 'characters.full',
      named: { max: 8 },
    })
  })

  it('leave to the page what has nothing to do with characters', () => {
    expect(toRefusal({ type: '/problems/too-many' }, { name: 'character.roll' })).toBeNull()
    expect(toRefusal(null, { name: 'character.roll' })).toBeNull()
  })
})
