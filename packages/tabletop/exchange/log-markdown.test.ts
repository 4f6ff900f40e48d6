import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { lineArbitrary } from '../language/arbitrary-lines'
import { languages } from '../language/languages'
import { openLine } from '../table/log-lines'
import type { LogEntry } from '../table/table-state'
import { ana, gm, TestTable } from '../table/testing/test-table'
import { writeLog, type LogToWrite } from './log-markdown'
import { markdownText } from './markdown-text'
import { logFor } from './testing/told-tables'

setDefaultTimeout(60_000)

const players = { 'ana-1': { uuid: 'ana-1', name: 'Ана', role: 'player', since: 1 } } as const
const common = { table: { name: 'Пятница', players }, timeZone: 'UTC', isExplained: false } as const

function said(code: 'turn.began' | 'round.began' | 'damage' | 'combat.ended', params = {}, at = 0): LogEntry {
  const why = [{ step: 'resistance', rule: 'R-13', from: 14, to: 7, params: { type: 'fire' } }] as const
  const line = openLine({ code, params: { name: 'Ана', ...params }, ...(code === 'damage' ? { why } : {}) })
  return { seq: 1, at, by: 'ana-1', name: 'line', payload: line }
}

describe('a log in Markdown', () => {
  const roll = {
    visibility: 'public',
    expression: '2d20kh1+5',
    label: 'Атака',
    result: { canonical: '2d20kh1+5', terms: [], outcomes: [], total: 22 },
    check: {
      character: 'id-1',
      name: 'Ана',
      of: { kind: 'initiative' },
      parts: [{ source: 'ability', params: { ability: 'dex' }, amount: 5 }],
      advantage: { state: 'advantage', sources: [], possible: [] },
      isAutoFail: false,
    },
  } as const
  const entries: readonly LogEntry[] = [
    said('round.began', { round: 2 }),
    said('turn.began'),
    { seq: 2, at: 60_000, by: 'ana-1', name: 'dice.rolled', payload: roll },
    said('damage', { amount: 7, types: ['fire'] }, 120_000),
    said('combat.ended', {}, 86_400_000),
  ]

  it('has a chapter for each day, round and turn, and everything else with its time', () => {
    expect(writeLog({ ...common, entries, language: 'ru' })).toBe(
      [
        '# Пятница',
        '## 1 января 1970 г.',
        '### Раунд 2',
        '#### Ход: Ана',
        '- 00:01 Ана бросает 2к20вл1+5 (Атака): 22\n- 00:02 Ана получает 7 урона (огонь)',
        '## 2 января 1970 г.',
        '### Бой окончен\n',
      ].join('\n\n'),
    )
  })

  it('says why on request, step by step, and tells the time of the reader', () => {
    const text = writeLog({ ...common, entries, language: 'en', isExplained: true, timeZone: 'Asia/Tokyo' })
    expect(text).toContain(
      '- 09:01 Ана rolls 2d20kh1+5 (Атака): 22\n  - Dexterity +5\n- 09:02 Ана takes 7 damage (fire)\n  - Resistance to fire, half of it: 14 → 7\n',
    )
  })

  it('is what its reader may read', () => {
    const table = TestTable.seated()
    table.must(gm, 'dice.roll', { expression: 'd20', visibility: 'gm', label: 'XYZZY' })
    table.must(ana, 'dice.roll', { expression: 'd20', visibility: 'blind', label: 'trap' })
    const text = writeLog({
      ...common,
      table: table.viewOf(ana),
      entries: logFor(table, ana),
      language: 'en',
    })
    expect(text).not.toContain('XYZZY')
    expect(text).toContain('Ana rolls 1d20 (trap) blind')
  })

  const entriesOf = (names: fc.Arbitrary<string>): fc.Arbitrary<readonly LogEntry[]> =>
    fc.array(
      lineArbitrary(names)
        .filter(({ code }) => code !== 'player.joined')
        .map(({ code, params }): LogEntry => {
          if (code === 'player.joined') throw new Error('It is no line of the log')
          const payload = openLine({ code, params })
          return { seq: 1, at: 1_795_296_000_000, by: 'ana-1', name: 'line', payload }
        }),
      { minLength: 1, maxLength: 30 },
    )
  const explained = (given: Pick<LogToWrite, 'entries' | 'language'>) =>
    writeLog({ ...common, table: { name: '7', players: {} }, isExplained: true, ...given })

  it('in Russian has no Latin letter that nobody wrote', () => {
    fc.assert(
      fc.property(entriesOf(fc.constant('Ана')), (of) => {
        expect(explained({ entries: of, language: 'ru' })).not.toMatch(/\p{Script=Latin}/u)
      }),
    )
  })

  it('in English and Portuguese has no Cyrillic letter that nobody wrote', () => {
    fc.assert(
      fc.property(entriesOf(fc.constant('Ana')), (of) => {
        for (const language of ['en', 'pt-BR'] as const)
          expect(explained({ entries: of, language })).not.toMatch(/\p{Script=Cyrillic}/u)
      }),
    )
  })

  it('takes nothing that players wrote for markup', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '<b>x</b>',
        '"><script>alert(1)</script>',
        '[x](javascript:alert(1))',
        '![x](https://evil.example/x.png)',
        'https://evil.example/',
        'www.evil.example',
        '<https://evil.example>',
        'me@evil.example',
        '**x** _y_ ~~z~~ `c`',
        '| a | b |',
        '&lt;i&gt; &#60;',
        '# x #',
        '- [ ] x',
        '1. x',
        '> x',
        '---',
        '[^1]: x',
        '$x$',
        'a\\',
        '\\<b>',
      ),
      fc.string({
        unit: fc.constantFrom('http', 'www', 'mailto:', ...'\\`*_{}[]<>()#+-.!|~&$@:/x ='),
        minLength: 1,
        maxLength: 20,
      }),
    )
    fc.assert(
      fc.property(hostile, fc.constantFrom(...languages), (name, language) => {
        const text = explained({
          entries: [said('turn.began', { name }), said('damage', { name })],
          language,
        })
        const html = Bun.markdown.html(text, { autolinks: true })
        const tags = [...html.matchAll(/<(\/?[a-z0-9]+)[^>]*>/g)].map(([, tag = '']) => tag.replace('/', ''))
        expect({ name, tags: tags.filter((tag) => !/^(h[1-6]|ul|li|p)$/.test(tag)) }).toEqual({
          name,
          tags: [],
        })
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
        const html = Bun.markdown.html(`- x${markdownText(name)}x\n`)
        const read = html
          .replace(/<[^>]+>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&')
        expect(read.trim()).toBe(`x${name.replace(/\s+/g, ' ')}x`)
      }),
      { numRuns: 1_000 },
    )
  })
})
