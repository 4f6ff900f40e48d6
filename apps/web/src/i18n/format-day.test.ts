import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { formatDay } from './format-day'
import { logEn } from './texts/log/en'
import { logPtBR } from './texts/log/pt-br'
import { logRu } from './texts/log/ru'

const times = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })

for (const [language, { day }] of [
  ['en', logEn],
  ['pt-BR', logPtBR],
  ['ru', logRu],
] as const)
  test(`a day is written as ${language} writes it in full`, () => {
    const format = new Intl.DateTimeFormat(language, { dateStyle: 'full' })
    const texts: Readonly<Record<string, string>> = {
      'log.day.date': day.date,
      'log.day.weekdays': day.weekdays,
      'log.day.months': day.months,
    }
    const say = (key: string, values: Readonly<Record<string, string | number>>) =>
      (texts[key] ?? '').replace(/\{(\w+)\}/g, (_hole, name: string) => String(values[name]))
    fc.assert(
      fc.property(times, (time) => {
        expect(formatDay(time.getTime(), say)).toBe(format.format(time))
      }),
    )
  })
