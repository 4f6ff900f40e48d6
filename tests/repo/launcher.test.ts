import { afterAll, beforeEach, describe, expect, it } from 'bun:test'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../../scripts/checks/run-checks'
import { until } from '../support/until'

/** A repository in which npm and Bun are shell scripts that note what they were asked. */
const folder = mkdtempSync(join(tmpdir(), 'innkeeper-launcher-'))
const node = Bun.which('node')
const log = join(folder, 'log')

// Plain Node is what it is for; where only Bun is on the machine there is nothing to try.
const describeWithNode = node ? describe : describe.skip

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'scripts'), { recursive: true })
  mkdirSync(join(folder, 'programs'))
  copyFileSync(join(repositoryRoot, 'scripts/bun.mjs'), join(folder, 'scripts/bun.mjs'))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: {} }))
  writeProgram(
    'programs/npm',
    `echo npm "$@" >> ${log}; sleep 0.3; mkdir -p ${folder}/node_modules/bun/bin; cp ${folder}/programs/bun ${folder}/node_modules/bun/bin/bun.exe`,
  )
  writeProgram(
    'programs/bun',
    `[ "$1" = --version ] || echo bun "$@" >> ${log}; [ "$3" = env ] && env > ${log}.env; [ "$3" = stay ] && exec sleep 60; [ "$3" = fail ] && exit 7; exit 0`,
  )
})

describeWithNode('scripts/bun.mjs', () => {
  it('installs once, then runs Bun with our arguments and ends with its code', async () => {
    expect(await launch(['a.ts', 'one']).exited).toBe(0)
    expect(await launch(['a.ts', 'fail']).exited).toBe(7)
    expect(logged()).toEqual([
      expect.stringContaining('npm ci --include=optional --include=dev'),
      'bun --no-orphans a.ts one',
      'bun --no-orphans a.ts fail',
    ])
  })

  it('installs again when the lockfile has changed', async () => {
    await launch(['a.ts']).exited
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/new': {} } }))
    await launch(['a.ts']).exited
    expect(logged().filter((line) => line.startsWith('npm'))).toHaveLength(2)
  })

  it('installs once when two start at the same time', async () => {
    const both = [launch(['a.ts', 'one']), launch(['a.ts', 'two'])]
    expect(await Promise.all(both.map((each) => each.exited))).toEqual([0, 0])
    expect(logged().filter((line) => line.startsWith('npm'))).toHaveLength(1)
  })

  it('says what to type when npm ci fails, and runs nothing', async () => {
    writeProgram('programs/npm', 'exit 1')
    const child = launch(['a.ts'])
    expect(await child.exited).toBe(1)
    expect(await new Response(child.stderr).text()).toContain('npm ping')
    expect(existsSync(log)).toBe(false)
  })

  it('lets code run for a while before its last compiling, unless we are told otherwise', async () => {
    const option = 'BUN_JSC_thresholdForFTLOptimizeAfterWarmUp'
    await launch(['a.ts', 'env']).exited
    expect(readFileSync(`${log}.env`, 'utf8')).toContain(`${option}=300000\n`)
    await launch(['a.ts', 'env'], { [option]: '64000' }).exited
    expect(readFileSync(`${log}.env`, 'utf8')).toContain(`${option}=64000\n`)
  })

  it('passes SIGTERM on', async () => {
    const child = launch(['a.ts', 'stay'])
    await until(() => logged().includes('bun --no-orphans a.ts stay'))
    child.kill('SIGTERM')
    expect(await child.exited).toBe(128 + 15)
  })
})

function launch(parameters: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  return Bun.spawn([node ?? 'node', join(folder, 'scripts/bun.mjs'), ...parameters], {
    env: { PATH: `${join(folder, 'programs')}:${process.env['PATH'] ?? ''}`, ...settings },
    stdout: 'ignore',
    stderr: 'pipe',
  })
}

function logged(): readonly string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []
}

function writeProgram(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}
