import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { countsTwiceTwelve, toClock } from './format-clock'

const times = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })

for (const [locale, isTwiceTwelve] of [
  ['en-GB', false],
  ['pt-BR', false],
  ['ru', false],
  ['en-US', true],
] as const)
  test(`hours and minutes are those of ${locale}`, () => {
    const format = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
    fc.assert(
      fc.property(times, (time) => {
        expect(toClock(time, isTwiceTwelve)).toBe(format.format(time).replace(/\s/g, '\u00a0'))
      }),
    )
  })

test('English counts the hours as its region does', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const tags = letters.flatMap((first) => letters.map((second) => `en-${first}${second}`))
  const known = tags.filter((tag) => optionsOf(tag).locale === tag)
  expect(known.length).toBeGreaterThan(100)
  for (const tag of ['en', ...known])
    expect([tag, countsTwiceTwelve(tag)]).toEqual([tag, optionsOf(tag).hour12 === true])
})

test.each(['pt-BR', 'ru', 'ru-RU', 'de'])('a reader of %p knows all hours of the day', (tag) => {
  expect(countsTwiceTwelve(tag)).toBe(false)
})

function optionsOf(tag: string) {
  return new Intl.DateTimeFormat(tag, { hour: '2-digit' }).resolvedOptions()
}
