import { expect, it } from 'bun:test'
import fc from 'fast-check'
import { formatCode } from '../../ui/format-code'
import { toTableCode } from './table-code'

it.each([
  ['QX7M2KDP'],
  ['qx7m-2kdp'],
  ['  Qx7m 2kdP '],
  ['qx7m–2kdp'],
  ['https://inn.example/j/QX7M-2KDP'],
  ['http://192.168.0.7:7777/j/qx7m2kdp?from=chat'],
  ['Come! inn.example/j/QX7M2KDP soon'],
  ['https://inn.example/screen/QX7M2KDP#tv'],
])('reads the code out of %p', (typed) => {
  expect(toTableCode(typed)).toBe('QX7M2KDP')
})

it('reads every code back as it is shown, and never throws', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-HJKMNP-Z2-9]{8}$/), (code) => toTableCode(formatCode(code)) === code),
  )
  fc.assert(fc.property(fc.string(), (typed) => typeof toTableCode(`/j/${typed}`) === 'string'))
})
