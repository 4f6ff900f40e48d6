import { describe, expect, it } from 'bun:test'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import { afterEvent } from './use-claims'

type ClaimState = Extract<RecordedTableEvent, { name: 'seat.claimed' }>['payload']['state']
const claimed = (id: string, state: ClaimState): RecordedTableEvent => ({
  name: 'seat.claimed',
  seq: 1,
  at: 0,
  by: 'gm',
  payload: { id, name: 'Lia', uuid: 'lia', state },
})

describe('open claims', () => {
  it('come once, and go with whatever answer is given anywhere', () => {
    const open = afterEvent(afterEvent([], claimed('c1', 'open')), claimed('c1', 'open'))
    expect(open).toEqual([{ id: 'c1', name: 'Lia' }])
    for (const state of ['approved', 'declined', 'expired'] as const)
      expect(afterEvent(open, claimed('c1', state))).toEqual([])
    expect(afterEvent(open, claimed('c2', 'declined'))).toEqual(open)
  })
})
