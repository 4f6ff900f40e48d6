import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildEnvironment } from './config'

const root = fileURLToPath(new URL('../..', import.meta.url))
const web = fileURLToPath(new URL('.', import.meta.url))
const dist = `${web}dist`

/** What ends up in the page, from the repository's root. Not one pattern: Bun's braces do not reach across `/`. */
const sources = [
  'package-lock.json',
  'apps/web/{index.html,package.json,build.ts,vite.config.ts,page-files.ts,*-plugin.ts}',
  'apps/web/{src,public}/**/*',
  'packages/{client,protocol,tabletop}/**/*.ts',
  'packages/rooms/room-type.ts',
].map((pattern) => new Bun.Glob(pattern))

/** Builds that stay: a server that is still running may be serving one of them. */
const keptBuilds = 3

/**
 * Builds the page when its sources have changed, which takes a few seconds; else does nothing. Each state of the
 * sources has a folder of its own, so that neither a running server nor a second build is disturbed.
 *
 * @param report  told in one line when a build starts
 * @returns the directory to serve
 * @throws Error with the bundler's words when the page cannot be built
 */
export async function buildWeb(report: (line: string) => void = print): Promise<string> {
  const built = `${dist}/${hashSources()}`
  if (existsSync(built)) return built
  report('Building the page: its sources have changed. This takes a few seconds.')
  const unfinished = `${dist}/unfinished-${process.pid}`
  mkdirSync(dist, { recursive: true })
  await runVite(unfinished)
  for (const folder of [unfinished, `${unfinished}/assets`]) compressFiles(folder)
  // Two builds of the same sources are the same: the later one gives way.
  if (existsSync(built)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, built)
  removeOldBuilds()
  return built
}

/** In a process of its own: a server must not carry the bundler's memory around for the rest of its life. */
async function runVite(outDir: string): Promise<void> {
  const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))
  const cmd = [process.execPath, vite, 'build', '--outDir', outDir, '--logLevel', 'warn']
  const child = Bun.spawn({ cmd, cwd: web, env: buildEnvironment, stdout: 'ignore', stderr: 'pipe' })
  const [words, exitCode] = await Promise.all([new Response(child.stderr).text(), child.exited])
  if (exitCode === 0) return
  rmSync(outDir, { recursive: true, force: true })
  throw new Error(`The page could not be built:\n${words}`)
}

/** Puts beside each file what a browser that takes gzip is sent: a third of it, compressed once and not on every visit. */
function compressFiles(folder: string): void {
  for (const name of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name)))
    writeFileSync(
      `${folder}/${name}.gz`,
      Bun.gzipSync(readFileSync(`${folder}/${name}`), { library: 'libdeflate', level: 12 }),
    )
}

function removeOldBuilds(): void {
  const builds = readdirSync(dist)
    .map((name) => `${dist}/${name}`)
    .map((path) => ({ path, changedMs: statSync(path).mtimeMs }))
    .sort((a, b) => b.changedMs - a.changedMs)
  for (const { path } of builds.slice(keptBuilds)) rmSync(path, { recursive: true, force: true })
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
  return hasher.digest('hex').slice(0, 16)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

if (import.meta.main) print(await buildWeb())
