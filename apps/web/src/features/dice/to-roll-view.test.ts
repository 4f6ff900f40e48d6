import { describe, expect, it } from 'bun:test'
import type { RollEntry } from '@innkeeper/tabletop/table/table-state'
import { seatedTable } from '../../testing/empty-table'
import { naturalOf } from './roll-view'
import { toRollView } from './to-roll-view'
import { toRollOutcome } from './to-roll-outcome'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { rollDice } from '@innkeeper/tabletop/dice/roll-dice'

const blind: RollEntry = {
  name: 'dice.rolled',
  seq: 4,
  at: 4,
  by: 'tor',
  payload: { visibility: 'blind', expression: '1d20', concealed: true },
}

describe('toRollView', () => {
  it('shows a blind roll under its roller, without an outcome', () => {
    const table = seatedTable(['lia', 'Lia', 'player'], ['tor', 'Торин', 'player'])
    expect(toRollView(blind, table, 'tor')).toMatchObject({
      name: 'Торин',
      isMine: true,
      visibility: 'blind',
      outcome: null,
    })
    expect(toRollView(blind, table, 'lia').isMine).toBe(false)
  })
})

/** Rolls for real, with these faces in this order. */
function naturalIn(text: string, faces: readonly number[]) {
  const waiting = [...faces]
  const parsed = parseDice(text)
  if ('error' in parsed) throw new Error(parsed.error.code)
  const result = rollDice(parsed.expression, () => waiting.shift() ?? 1)
  if ('error' in result) throw new Error(result.error.code)
  return naturalOf(toRollOutcome(result))
}

describe('naturalOf', () => {
  it.each([
    ['1d20+5', [20], 'natural-20'],
    ['1d20+5', [1], 'natural-1'],
    ['1d20+5', [19], null],
    ['2d20kh1', [20, 3], 'natural-20'],
    ['2d20kl1', [20, 3], null],
    ['2d20kl1', [20, 1], 'natural-1'],
    ['2d20', [20, 20], null],
    ['2x1d20', [20, 20], null],
    ['1d6', [6], null],
  ] as const)('finds in %s with %p: %p', (text, faces, expected) => {
    expect(naturalIn(text, faces)).toBe(expected)
  })
})
