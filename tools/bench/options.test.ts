import { expect, it } from 'bun:test'
import { parseOptions, parts } from './options'

it('measures everything unless told', () => {
  expect(parseOptions([])).toMatchObject({ parts, isQuick: false, isWritten: false, connections: 10_000 })
})

it('takes parts in the order of the table, however they are named', () => {
  expect(parseOptions(['--only', 'memory,fanout', '--quick', '--write'])).toMatchObject({
    parts: ['fanout', 'memory'],
    isQuick: true,
    isWritten: true,
  })
})

it('measures as often as it is told', () => {
  expect(parseOptions([])).toMatchObject({ repetitions: 3 })
  expect(parseOptions(['--repetitions', '9'])).toMatchObject({ repetitions: 9 })
  expect(parseOptions(['--repetitions', '5', '--quick'])).toMatchObject({ repetitions: 5, isQuick: true })
})

it.each([
  '--fast',
  '--only',
  '--only fanout,everything',
  '--repetitions',
  '--repetitions 0',
  '--repetitions 1e3',
])('does not guess at %s', (line) => {
  expect(parseOptions(line.split(' '))).toHaveProperty('unknown')
})
