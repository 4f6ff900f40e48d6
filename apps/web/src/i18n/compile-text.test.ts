import { describe, expect, it } from 'bun:test'
import { createI18n, type MessageCompiler } from 'vue-i18n'
import { allTexts } from '../testing/all-texts'
import { flatten } from '../testing/flatten'
import { createTextCompiler } from './compile-text'
import { russianPlural } from './plural'

const say = (
  language: string,
  messages: typeof allTexts.en,
  options: { readonly messageCompiler?: MessageCompiler } = {},
) =>
  createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: false,
    messages: { [language]: messages },
    pluralRules: { ru: russianPlural },
    ...options,
  }).global

describe('the text compiler', () => {
  const options = { messageCompiler: createTextCompiler() }

  it.each(Object.entries(allTexts))(
    'says every text of %s as the compiler of vue-i18n does',
    (language, messages) => {
      const ours = say(language, messages, options)
      const theirs = say(language, messages)
      const texts = flatten(messages)
      expect(texts.length).toBeGreaterThan(100)
      for (const [key, text] of texts) {
        const values = Object.fromEntries(
          [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, `<${name}>`]),
        )
        expect(ours.t(key, values)).toBe(theirs.t(key, values))
        for (const count of [0, 1, 2, 5]) expect(ours.t(key, count)).toBe(theirs.t(key, count))
      }
    },
  )

  it('leaves out what is not given', () => {
    const { en } = allTexts
    const messages = { ...en, site: { ...en.site, close: 'Hit {name} for {n}' } }
    expect(say('en', messages, options).t('site.close', { n: 0 })).toBe('Hit  for 0')
  })
})
