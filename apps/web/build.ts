import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = fileURLToPath(new URL('./dist', import.meta.url))
const stampFile = `${dist}/.built-from`

/** What ends up in the page, from the repository's root. Not one pattern: Bun's braces do not reach across `/`. */
const sources = [
  'package-lock.json',
  'apps/web/{index.html,package.json,vite.config.ts}',
  'apps/web/{src,public}/**/*',
  'packages/{client,protocol,tabletop}/**/*.ts',
  'packages/rooms/room-type.ts',
].map((pattern) => new Bun.Glob(pattern))

/**
 * Builds the page when its sources have changed since the last time, which takes a few seconds; else does nothing.
 *
 * @param report  told in one line when a build starts
 * @returns the directory to serve
 */
export async function buildWeb(report: (line: string) => void = print): Promise<string> {
  const stamp = hashSources()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return dist
  report('Building the page: its sources have changed. This takes a few seconds.')
  // Imported late: a server whose page is built already starts without loading the bundler.
  const { build } = await import('vite')
  await build({ configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'warn' })
  writeFileSync(stampFile, stamp)
  return dist
}

function hashSources(): string {
  const files = sources
    .flatMap((pattern) => [...pattern.scanSync({ cwd: root })])
    .filter((file) => !/\.(test|fake)\.ts$|node_modules/.test(file))
    .sort()
  const hasher = new Bun.CryptoHasher('sha256')
  for (const file of files)
    hasher
      .update(`${file}\0`)
      .update(readFileSync(`${root}/${file}`))
      .update('\0')
  return hasher.digest('hex')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

if (import.meta.main) print(await buildWeb())
