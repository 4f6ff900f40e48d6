import { afterAll, describe, expect, it } from 'bun:test'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside the repository, so that the programs find the packages as a reader's own would.
const folder = join(root, 'test-results', `readme-programs-${process.pid}`)

interface Program {
  readonly page: string
  readonly text: string
}

const pages = ['packages/*/README.md', 'docs/guides/*.md'].flatMap((pattern) => [
  ...new Bun.Glob(pattern).scanSync(root),
])
const programs: readonly Program[] = pages.flatMap((page) => {
  const blocks = readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)
  return [...blocks].map(([, text = '']) => ({ page, text }))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the programs in the documents', () => {
  it('stand in the README of every package', () => {
    const packages = [...new Bun.Glob('packages/*/package.json').scanSync(root)].map((path) =>
      path.replace('/package.json', ''),
    )
    const without = packages.filter((name) => !programs.some(({ page }) => page === `${name}/README.md`))
    expect(without).toEqual([])
  })

  it('compile', () => {
    mkdirSync(folder, { recursive: true })
    programs.forEach(({ page, text }, index) => {
      writeFileSync(join(folder, `${index}-${basename(join(page, '..'))}.ts`), text)
    })
    const options = { lib: ['ESNext'], types: ['bun'] }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions: options,
        include: ['*.ts'],
      }),
    )
    const result = Bun.spawnSync([
      process.execPath,
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      folder,
    ])
    expect(result.stdout.toString()).toBe('')
    expect(result.exitCode).toBe(0)
  }, 60_000)
})
