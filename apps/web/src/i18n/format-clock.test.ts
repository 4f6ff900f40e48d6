import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { toClock } from './format-clock'

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
