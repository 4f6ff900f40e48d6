import { afterAll, describe, expect, it } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const config: { readonly forbidden: readonly { readonly name: string }[] } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** One file with one import, and the rule that has to refuse it; `undefined` where it has to pass. */
type Case = readonly [rule: string | undefined, file: string, imported: string]

const cases: readonly Case[] = [
  ['could-not-resolve', 'packages/rooms/lost.ts', '@innkeeper/rooms/nowhere'],
  ['no-circular', 'packages/rooms/circle-a.ts', './circle-b'],
  ['protocol-imports-only-what-it-may', 'packages/protocol/a.ts', '@innkeeper/names/target'],
  ['storage-imports-only-what-it-may', 'packages/storage/a.ts', '@innkeeper/protocol/target'],
  ['coordination-imports-only-what-it-may', 'packages/coordination/a.ts', '@innkeeper/protocol/target'],
  ['names-imports-only-what-it-may', 'packages/names/a.ts', '@innkeeper/tokens/target'],
  ['web-kit-imports-only-what-it-may', 'packages/web-kit/a.ts', '@innkeeper/tokens/target'],
  ['process-kit-imports-only-what-it-may', 'packages/process-kit/a.ts', '@innkeeper/tokens/target'],
  ['client-imports-only-what-it-may', 'packages/client/a.ts', '@innkeeper/rooms/target'],
  ['tokens-imports-only-what-it-may', 'packages/tokens/a.ts', '@innkeeper/identity/target'],
  ['identity-imports-only-what-it-may', 'packages/identity/a.ts', '@innkeeper/client/target'],
  ['rooms-imports-only-what-it-may', 'packages/rooms/a.ts', '@innkeeper/tabletop/target'],
  ['sessions-imports-only-what-it-may', 'packages/sessions/a.ts', '@innkeeper/client/target'],
  ['tabletop-sees-only-the-room-type', 'packages/tabletop/a.ts', '@innkeeper/rooms/target'],
  [undefined, 'packages/tabletop/b.ts', '@innkeeper/rooms/room-type'],
  ['relay-sees-only-the-room-type', 'packages/rooms/relay/a.ts', '../target'],
  [undefined, 'packages/rooms/relay/b.ts', '../room-type'],
  ['rooms-never-import-identity', 'packages/rooms/b.ts', '@innkeeper/identity/target'],
  ['rooms-never-import-identity', 'packages/rooms/b.test.ts', '../identity/target'],
  ['identity-never-imports-rooms', 'packages/identity/b.ts', '@innkeeper/rooms/target'],
  ['only-sql-adapters-import-storage', 'packages/identity/c.ts', '@innkeeper/storage/target'],
  [undefined, 'packages/identity/sql-accounts.ts', '@innkeeper/storage/target'],
  [undefined, 'packages/identity/migrations/001-first.ts', '@innkeeper/storage/target'],
  ['only-redis-adapters-import-coordination', 'packages/rooms/c.ts', '@innkeeper/coordination/target'],
  [undefined, 'packages/rooms/redis-presence.ts', '@innkeeper/coordination/target'],
  ['only-storage-knows-its-engines', 'packages/rooms/d.ts', 'bun:sqlite'],
  ['only-storage-knows-its-engines', 'apps/identity/d.ts', 'bun:sqlite'],
  [undefined, 'packages/storage/d.ts', 'bun:sqlite'],
  ['only-coordination-knows-its-client', 'packages/rooms/redis-directory.ts', 'ioredis'],
  [undefined, 'packages/coordination/redis-connection.ts', 'ioredis'],
  ['browser-safe-means-no-server', 'packages/protocol/b.ts', 'node:crypto'],
  ['browser-safe-means-no-server', 'packages/names/b.ts', 'bun'],
  ['browser-safe-means-no-server', 'packages/client/b.ts', 'fs'],
  ['browser-safe-means-no-server-package', 'packages/tabletop/c.ts', 'ioredis'],
  ['the-page-imports-only-what-browsers-run', 'apps/web/src/a.ts', '@innkeeper/tokens/target'],
  [undefined, 'apps/web/src/b.ts', '@innkeeper/client/target'],
  ['only-apps-import-process-kit', 'packages/rooms/j.ts', '@innkeeper/process-kit/target'],
  [undefined, 'apps/identity/k.ts', '@innkeeper/process-kit/target'],
  ['packages-never-import-apps', 'packages/rooms/e.ts', '../../apps/identity/target'],
  ['the-product-never-imports-tests', 'packages/rooms/f.ts', '../../tests/target'],
  ['the-product-never-imports-tests', 'packages/rooms/g.ts', './presence-contract'],
  ['declared-packages-only', 'packages/rooms/h.ts', 'undeclared'],
  [undefined, 'packages/rooms/i.ts', '@innkeeper/protocol/target'],
]

const names = [
  ...['protocol', 'storage', 'coordination', 'names', 'web-kit', 'process-kit', 'client'],
  ...['tokens', 'identity', 'rooms', 'sessions', 'tabletop'],
]
const tree = createTree()
const violations = cruise(tree)

afterAll(() => {
  rmSync(tree, { recursive: true, force: true })
})

describe('the walls', () => {
  for (const [rule, file, imported] of cases) {
    if (rule === undefined) {
      it(`let ${file} import ${imported}`, () => {
        expect(rulesThatRefuse(file)).toEqual([])
      })
    } else {
      it(`refuse ${imported} in ${file}: ${rule}`, () => {
        expect(rulesThatRefuse(file)).toContain(rule)
      })
    }
  }

  it('are each proved by a case above', () => {
    const proved = new Set(cases.map(([rule]) => rule))
    expect(config.forbidden.map((rule) => rule.name).filter((name) => !proved.has(name))).toEqual([])
  })
})

function rulesThatRefuse(file: string): readonly string[] {
  return violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)
}

/** A house with the same rooms as ours, in which every case is one file. */
function createTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-walls-'))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const dependencies = {
    ioredis: '1.0.0',
    ...Object.fromEntries(names.map((name) => [`@innkeeper/${name}`, '1.0.0'])),
  }
  mkdirSync(join(folder, 'node_modules/@innkeeper'), { recursive: true })
  for (const name of names) {
    const manifest = {
      name: `@innkeeper/${name}`,
      version: '1.0.0',
      exports: { './*': './*.ts' },
      dependencies,
    }
    write(`packages/${name}/package.json`, JSON.stringify(manifest))
    write(`packages/${name}/target.ts`, 'export type Target = string\n')
    symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules/@innkeeper', name))
  }
  for (const name of ['ioredis', 'undeclared']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'export const Target = 1\n')
  }
  for (const app of ['web', 'identity']) {
    write(`apps/${app}/package.json`, JSON.stringify({ name: app, version: '1.0.0', dependencies }))
  }
  for (const file of [
    'packages/rooms/room-type.ts',
    'packages/rooms/presence-contract.ts',
    'tests/target.ts',
  ]) {
    write(file, 'export type Target = string\n')
  }
  write('apps/identity/target.ts', 'export type Target = string\n')
  write('packages/rooms/circle-b.ts', "export type { Target } from './circle-a'\n")
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'Preserve' } }))
  // Type imports only: if even those are seen, every import is.
  for (const [, file, imported] of cases) write(file, `export type { Target } from '${imported}'\n`)
  return folder
}

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

function cruise(folder: string): readonly Violation[] {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const options = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json']
  const command = [process.execPath, '--bun', program, 'packages', 'apps', 'tests', ...options]
  const result = Bun.spawnSync(command, { cwd: folder })
  return parseViolations(result.stdout.toString() || result.stderr.toString())
}

function parseViolations(json: string): readonly Violation[] {
  return (JSON.parse(json) as { readonly summary: { readonly violations: readonly Violation[] } }).summary
    .violations
}
