import { beforeAll, describe, expect, it } from 'bun:test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { buildWeb } from './build'

/** Of JavaScript, as it travels, until somebody can play; see docs/decisions/0017. */
const mostBytes = 180_000
const buildMs = 60_000

const table = ['table-page']
const ofGm = ['claims-banner', 'fight-panel']
const desk = ['fight-panel', 'party-panel', 'log-panel', 'dice-panel']

/** Who looks first at what: the parts that are fetched for it, by the names of their modules. */
const looks = {
  'home page': ['home-page'],
  'game master with a phone': [...table, ...ofGm],
  'player with a phone': [...table, 'party-panel', 'sheet-view'],
  'game master at a desk': [...table, ...ofGm, ...desk],
  'player at a desk': [...table, ...desk, 'sheet-view'],
}

const languages = ['en', 'pt-br', 'ru']
const rows = languages.flatMap((language) =>
  Object.entries(looks).map(([look, parts]) => {
    const texts = look === 'home page' ? [language, `${language}-late`] : [language]
    return [language, look, [...texts, ...parts]] as const
  }),
)

describe('a first load', () => {
  const page = { folder: '', files: [] as readonly string[], entry: '' }

  beforeAll(async () => {
    page.folder = await buildWeb(() => {})
    page.files = readdirSync(`${page.folder}/assets`).filter((file) => file.endsWith('.js'))
    const html = readFileSync(`${page.folder}/index.html`, 'utf8')
    page.entry = /<script[^>]*src="\/assets\/([^"]+)"/.exec(html)?.[1] ?? ''
  }, buildMs)

  /** A language has two: the page's texts and the table's words. */
  function filesOf(name: string): readonly string[] {
    const files = page.files.filter((file) => file.replace(/-[\w-]{8}\.js$/, '') === name)
    if (files.length === 0) throw new Error(`The build has no file for ${name}`)
    return files
  }

  function importsOf(file: string): readonly string[] {
    const code = readFileSync(`${page.folder}/assets/${file}`, 'utf8')
    const imports = new Bun.Transpiler({ loader: 'js' }).scanImports(code)
    return imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path.replace('./', ''))
  }

  function withImports(files: readonly string[]): ReadonlySet<string> {
    const all = new Set(files)
    // A set goes on to what is added to it meanwhile.
    for (const file of all) for (const imported of importsOf(file)) all.add(imported)
    return all
  }

  it.each(rows)('in %s, %s, is light', (language, look, parts) => {
    const files = withImports([page.entry, ...parts.flatMap(filesOf)])
    const bytes = [...files].reduce((sum, file) => sum + statSync(`${page.folder}/assets/${file}.gz`).size, 0)
    console.log(`${language}, ${look}: ${bytes.toLocaleString('en')} bytes in ${files.size} files`)
    expect(bytes).toBeLessThanOrEqual(mostBytes)
  })

  it.each(Object.entries(looks))('of a %s is compiled while it arrives', (_look, parts) => {
    const files = withImports([page.entry, ...['en', ...parts].flatMap(filesOf)])
    const lines = [...files].map(
      (file) => readFileSync(`${page.folder}/assets/${file}`, 'utf8').split('\n', 1)[0],
    )
    // Chromium reads the hint on the first line alone, and the bundler adds lines of its own.
    expect(new Set(lines)).toEqual(new Set(['//# allFunctionsCalledOnLoad']))
  })
})
