import { describe, expect, it } from 'bun:test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allTexts } from '../testing/all-texts'
import { flatten } from '../testing/flatten'

const { en } = allTexts
const source = fileURLToPath(new URL('..', import.meta.url))
const files = [...new Bun.Glob('**/*.{vue,ts}').scanSync({ cwd: source })].filter(
  (file) => !file.startsWith('i18n/texts/') && !/\.(test|fake)\.ts$/.test(file),
)
const code = files.map((file) => readFileSync(`${source}${file}`, 'utf8')).join('\n')
const known = flatten(en).map(([key]) => key)

/** Keys that are written out somewhere: in `$t('home.title')`, in a table of keys, as a `keypath`. */
const spelled = new Set([...code.matchAll(/['"`]([a-zA-Z]+(?:\.[\w-]+)+)['"`]/g)].map(([, key]) => key))

/** Keys with something computed in them, `home.${way}.title`, as patterns. Other templates have no feature in front. */
const computed = [...code.matchAll(/`([a-zA-Z]+\.(?:[\w.-]|\$\{[^`}]*\})*)`/g)]
  .map(([, template = '']) => template)
  .filter((template) => template.includes('${') && Object.hasOwn(en, template.split('.')[0] ?? ''))
  .map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]+')}$`),
  }))

describe('the texts', () => {
  it('are all there: no page asks for a key that does not exist', () => {
    const asked = [...code.matchAll(/\b\$?te?\(\s*'([^']+)'/g)].map(([, key = '']) => key)
    expect(asked.filter((key) => !known.includes(key))).toEqual([])
    expect(asked.length).toBeGreaterThan(50)
  })

  it('are all used', () => {
    const unused = known.filter(
      (key) => !spelled.has(key) && !computed.some(({ pattern }) => pattern.test(key)),
    )
    expect(unused).toEqual([])
  })

  it('are found by every key that is computed', () => {
    const lost = computed.filter(({ pattern }) => !known.some((key) => pattern.test(key)))
    expect(lost.map(({ template }) => template)).toEqual([])
  })
})
