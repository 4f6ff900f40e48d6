import { expect, it } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { enLate } from './en-late'

const source = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(join(source, file), 'utf8')

/** @returns the files of ours that this one cannot be without */
function importsOf(file: string): readonly string[] {
  return [...read(file).matchAll(/^(?:import|export|\}) (?:[^'"]* )?from '(\.[^']+)'/gm)]
    .map(([, path = '']) => join(dirname(file), path))
    .flatMap((path) => [path, `${path}.ts`].filter((known) => /\.(ts|vue)$/.test(known)))
    .filter((path) => existsSync(join(source, path)))
}

/** @returns what is fetched by itself and may be on a table's first screen */
function firstParts(): readonly string[] {
  const files = [...new Bun.Glob('features/**/*.ts').scanSync({ cwd: source })]
  return files.flatMap((file) =>
    [...read(file).matchAll(/firstPart\(\(\) => import\('([^']+)'\)\)/g)].map(([, path = '']) =>
      join(dirname(file), path),
    ),
  )
}

it('are of no use to a first look at a table', () => {
  const parts = firstParts()
  expect(parts).toContain('features/combat/fight-panel.vue')
  const files = new Set(['main.ts', 'features/table/table-page.vue', ...parts])
  // A set goes on to what is added to it meanwhile.
  for (const file of files) for (const imported of importsOf(file)) files.add(imported)
  expect(files).toContain('features/combat/combatant-row.vue')

  const late = new RegExp(`['"\`](?:${Object.keys(enLate).join('|')})\\.[\\w.-]*(?:['"\`]|\\$\\{)`)
  const needy = [...files].filter((file) => !file.startsWith('i18n/') && late.test(read(file)))
  expect(needy).toEqual([])
})
