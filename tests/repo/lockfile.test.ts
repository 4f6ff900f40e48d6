import { describe, expect, it } from 'bun:test'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/
const dependencyFields = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

type Versions = Readonly<Record<string, string>>

interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly link?: boolean
  readonly resolved?: string
  readonly integrity?: string
  readonly dependencies?: Versions
  readonly devDependencies?: Versions
  readonly optionalDependencies?: Versions
}

interface Lock {
  readonly lockfileVersion: number
  readonly packages: Readonly<Record<string, Manifest>>
}

const lockfiles = committedFiles('package-lock.json')
const manifests = committedFiles('package.json')

describe.each([...lockfiles])('%s', (path) => {
  const lock = parseLock(readFileSync(join(root, path), 'utf8'))
  const entries = Object.entries(lock.packages)
  const fromRegistry = entries.filter(
    ([place, entry]) => place.includes('node_modules/') && entry.link !== true,
  )

  it('holds every optional package of every package, for all platforms', () => {
    // npm leaves them out when it updates a lock beside a filled node_modules; npm ci then fails on other platforms.
    const missing = entries.flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => find(lock, place, name) === undefined)
        .map((name) => `${place} -> ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('holds every dependency of every package', () => {
    const missing = entries.flatMap(([place, entry]) =>
      Object.keys(entry.dependencies ?? {})
        .filter((name) => find(lock, place, name) === undefined)
        .map((name) => `${place} -> ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('names no place to fetch from, and a hash of every package', () => {
    // Where a package comes from is the reader's own setting; what it is, the hash says.
    const elsewhere = fromRegistry
      .filter(([, { resolved }]) => resolved !== undefined)
      .map(([place, { resolved }]) => `${place}: ${resolved}`)
    expect(elsewhere).toEqual([])
    expect(
      fromRegistry.filter(([, entry]) => !entry.integrity?.startsWith('sha512-')).map(([place]) => place),
    ).toEqual([])
  })
})

describe.each([...manifests])('%s', (path) => {
  const manifest = parseManifest(readFileSync(join(root, path), 'utf8'))
  const wanted = dependencyFields.flatMap((field) => Object.entries(manifest[field] ?? {}))

  it('pins exact versions', () => {
    expect(wanted.filter(([, version]) => !exactVersion.test(version))).toEqual([])
  })

  it('is in the lockfile as it stands, with every version it asks for', () => {
    const ownLock = join(dirname(path), 'package-lock.json')
    const isApart = dirname(path) !== '.' && lockfiles.includes(ownLock)
    const place = isApart || dirname(path) === '.' ? '' : dirname(path)
    const lock = parseLock(readFileSync(join(root, isApart ? ownLock : 'package-lock.json'), 'utf8'))
    for (const field of dependencyFields)
      expect(lock.packages[place]?.[field] ?? {}).toEqual(manifest[field] ?? {})
    expect(wanted.filter(([name, version]) => find(lock, place, name)?.version !== version)).toEqual([])
  })
})

/** Looks a package up as Node does: beside the package that wants it, then in every folder above. */
function find(lock: Lock, from: string, name: string): Manifest | undefined {
  for (let place = from; ; place = parentOf(place)) {
    const found = lock.packages[`${place}${place === '' ? '' : '/'}node_modules/${name}`]
    if (found)
      return found.link === true && found.resolved !== undefined ? lock.packages[found.resolved] : found
    if (place === '') return undefined
  }
}

function parentOf(place: string): string {
  const above = place.lastIndexOf('/node_modules/')
  return above < 0 ? '' : place.slice(0, above)
}

function committedFiles(name: string): readonly string[] {
  return [name, ...new Bun.Glob(`{packages,apps,tools}/*/${name}`).scanSync({ cwd: root })].sort()
}

function parseLock(json: string): Lock {
  return JSON.parse(json) as Lock
}

function parseManifest(json: string): Manifest {
  return JSON.parse(json) as Manifest
}
