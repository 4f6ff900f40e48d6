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

it.each(['--fast', '--only', '--only fanout,everything'])('does not guess at %s', (line) => {
  expect(parseOptions(line.split(' '))).toHaveProperty('unknown')
})
