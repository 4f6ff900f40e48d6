import { describe, expect, it } from 'bun:test'
import { logLimits, remember } from '@innkeeper/tabletop/table/log'
import { gmLine, openLine } from '@innkeeper/tabletop/table/log-lines'
import type { LogEntry } from '@innkeeper/tabletop/table/table-state'
import fc from 'fast-check'
import { addNews, addOlder, meetState, startLog } from './known-log'

/** What each event said, in short: `l` is an open line, `g` one for the GM, `r` a public roll, `b` a blind one. */
const said = fc.array(fc.array(fc.constantFrom('l', 'g', 'r', 'b'), { maxLength: 6 }), { maxLength: 400 })

function toEntry(seq: number, what: string): LogEntry {
  const place = { seq, at: seq, by: 'mira' }
  if (what === 'l' || what === 'g') {
    const line = { code: 'combat.started', params: {} } as const
    return { ...place, name: 'line', payload: what === 'l' ? openLine(line) : gmLine(line) }
  }
  const visibility = what === 'r' ? 'public' : 'blind'
  const result = { canonical: '1', terms: [], outcomes: [{ total: 1, terms: [] }], total: 1 }
  return { ...place, name: 'dice.rolled', payload: { visibility, expression: '1', result } }
}

const toEvents = (all: readonly (readonly string[])[]) =>
  all.map((event, index) => event.map((what) => toEntry(index + 1, what)))
const remembered = (events: readonly (readonly LogEntry[])[]) =>
  events.flat().reduce<readonly LogEntry[]>(remember, [])
const entriesOf = ({ rows }: ReturnType<typeof startLog>) => rows.map(({ entry }) => entry)

describe('the known log', () => {
  it('starts with a stretch of the whole log that has no holes', () => {
    fc.assert(
      fc.property(said, (all) => {
        const events = toEvents(all)
        const known = startLog(remembered(events))
        expect(entriesOf(known)).toEqual(events.flat().filter(({ seq }) => seq >= known.from))
      }),
    )
  })

  it('is the whole log after all events and all older pages, each entry with a key of its own', () => {
    fc.assert(
      fc.property(said, fc.nat(400), fc.integer({ min: 1, max: 50 }), (all, at, size) => {
        const events = toEvents(all)
        let known = events.slice(at).reduce(addNews, startLog(remembered(events.slice(0, at))))
        while (known.from > 1) {
          const from = Math.max(1, known.from - size)
          known = addOlder(known, events.slice(from - 1, known.from - 1).flat(), from)
        }
        expect(entriesOf(known)).toEqual(events.flat())
        expect(new Set(known.rows.map(({ key }) => key)).size).toBe(known.rows.length)
      }),
    )
  })

  it('starts anew when a welcome tells what no event told, and stays as it is when it tells nothing new', () => {
    const events = toEvents([['l'], ['r'], ['l', 'g']])
    const known = startLog(remembered(events))
    expect(meetState(known, remembered(events))).toBe(known)
    const long = toEvents(Array.from({ length: logLimits.shownLines + 50 }, () => ['l']))
    expect(meetState(known, remembered(long))).toEqual(startLog(remembered(long)))
  })

  it('takes an event once', () => {
    const [first = []] = toEvents([['l', 'l']])
    const known = addNews(startLog([]), first)
    expect(entriesOf(known)).toEqual([...first])
    expect(addNews(known, first)).toBe(known)
  })
})
