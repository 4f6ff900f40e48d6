import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { createTicketId, issuedAtMs } from './ticket-id'

const random = { uuid: randomUUID, bytes: (count: number) => new Uint8Array(count), below: () => 0 }

describe('ticket ids', () => {
  it('are version 7 UUIDs that tell the moment of issue to the millisecond', () => {
    const moments = fc.oneof(fc.nat(2 ** 31 - 1), fc.integer({ min: 0, max: 2 ** 48 - 1 }))
    fc.assert(
      fc.property(moments, (nowMs) => {
        const id = createTicketId(nowMs, random)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(issuedAtMs(id)).toBe(nowMs)
      }),
    )
  })

  it('differ even within one millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => createTicketId(1_795_296_000_000, random))
    expect(new Set(ids).size).toBe(10_000)
    expect(new Set(ids.map(issuedAtMs))).toEqual(new Set([1_795_296_000_000]))
  })

  it('sort by their moment as text', () => {
    const ids = [0, 1, 255, 256, 1_795_296_000_000, 2 ** 48 - 1].map((nowMs) => createTicketId(nowMs, random))
    expect(ids.toSorted()).toEqual(ids)
  })

  it.each([
    '',
    'x',
    'not-a-ticket-id',
    'zzzzzzzz-zzzz-7000-8000-000000000000',
    '0199',
    '１２３４５６７８-1234-7',
  ])('are from before any kick when they are none of ours: %p', (id) => expect(issuedAtMs(id)).toBe(0))
})
