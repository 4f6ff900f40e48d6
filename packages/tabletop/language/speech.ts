import { once } from '@innkeeper/protocol/tools'
import type { Language } from './languages'

/** A noun in the forms that go with a number; `few` and `many` are for Russian: 2 хита, 5 хитов. */
export interface PluralForms {
  readonly one: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

/** How numbers are put in one language. */
export interface Speech {
  readonly language: Language
  readonly number: (value: number) => string
  /** With its sign: `+5`, `−5`, `0`. */
  readonly signed: (value: number) => string
  /** A number and its noun: `5 хитов`. */
  readonly count: (value: number, forms: PluralForms) => string
  /** What a number was and what it is: `25 → 12.5`. */
  readonly change: (step: { readonly from: number; readonly to: number }) => string
}

/** Whether all of our languages write a number as JavaScript does: whole, and with nothing between its digits. */
function isPlain(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 1000
}

/** Makes the numbers of a language, by the rules that the runtime knows. */
export function createSpeech(language: Language): Speech {
  // Each takes a phone some tens of milliseconds to make, and most numbers at a table need none.
  const plain = once(() => new Intl.NumberFormat(language))
  const plurals = once(() => new Intl.PluralRules(language))
  // Next to digits a hyphen is too short for a minus.
  const number = (value: number) => (isPlain(value) ? String(value) : plain().format(value)).replace('-', '−')
  return {
    language,
    number,
    signed: (value) => `${value > 0 ? '+' : ''}${number(value)}`,
    count: (value, forms) => `${number(value)} ${formOf(forms, plurals().select(value))}`,
    change: ({ from, to }) => `${number(from)} → ${number(to)}`,
  }
}

/** @returns the words for some codes, as ` (fire, cold)`; '' for none */
export function inBrackets(words: Readonly<Record<string, string>>, codes: readonly string[]): string {
  return codes.length === 0 ? '' : ` (${codes.map((code) => wordFor(words, code)).join(', ')})`
}

/** @returns the word for a reason in brackets; '' where there is none */
export function because(reasons: Readonly<Record<string, string>>, code: string): string {
  return inBrackets(reasons, code === '' ? [] : [code])
}

/** @returns the word for a code; a code that nobody has a word for is shown as it is */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return (Object.hasOwn(words, code) ? words[code] : undefined) ?? code
}

function formOf(forms: PluralForms, rule: Intl.LDMLPluralRule): string {
  if (rule === 'one') return forms.one
  if (rule === 'few') return forms.few ?? forms.other
  return (rule === 'many' ? forms.many : undefined) ?? forms.other
}
