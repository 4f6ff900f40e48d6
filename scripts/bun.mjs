// The door of the repository: `npm start` and every other script come through here. It makes node_modules match
// package-lock.json and then runs Bun, which is one of the packages, with our arguments:
//
//     node scripts/bun.mjs scripts/start.ts --port 8080
//
// This file runs before anything is installed and on whatever Node the machine has, so it is plain JavaScript,
// imports nothing but Node and uses no syntax newer than Node 14. It asks npm for nothing when nothing changed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lockfile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
const bunFolder = join(modules, 'bun')
const bun = join(bunFolder, 'bin', 'bun.exe') // the package calls it so on every platform
const stamp = join(modules, '.innkeeper-stamp')
const oldestNode = 20
// Bun's last and slowest compiler waits until a function has run some 20,000 times in place of 4,000. By then a server
// is busy for good; earlier it takes a fifth of the processor from whoever comes back after a restart
// (docs/decisions/0020).
const laterOptimizing = { BUN_JSC_thresholdForFTLOptimizeAfterWarmUp: '300000' }

refuseOldNode()
// The platform belongs to the stamp: a folder shared between a Mac and a Linux container holds one Bun, not two.
const wanted = createHash('sha256')
  .update(readFileSync(lockfile))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex')
if (!isInstalled()) await withInstallLock(install)
runBun(process.argv.slice(2))

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= oldestNode) return
  fail(
    `Innkeeper needs Node ${oldestNode} or newer; this is ${process.versions.node} (${process.execPath}).`,
    ['Install a current one from https://nodejs.org, or with a version manager: nvm install --lts'],
  )
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

/** Two starts at once must not both run `npm ci` in one folder: the second waits here, and then finds it done. */
async function withInstallLock(action) {
  // Outside node_modules, which npm ci removes, and outside the repository, which may be read-only to git's eyes.
  const lock = join(
    tmpdir(),
    `innkeeper-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
  )
  for (let waits = 0; !takeLock(lock); waits += 1) {
    if (waits === 0) console.error('Another start is installing the dependencies; waiting for it …')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release) // for fail(), which does not come back
  if (!isInstalled()) action()
  process.off('exit', release) // from here on the lock may be somebody else's
  release()
}

/** Making a folder is atomic on every file system: one of two succeeds. A lock whose owner has died is cleared. */
function takeLock(lock) {
  const owner = join(lock, 'pid')
  try {
    mkdirSync(lock)
    writeFileSync(owner, String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (existsSync(owner) && !isAlive(Number(readFileSync(owner, 'utf8')))) {
      rmSync(lock, { recursive: true, force: true })
    }
    return false
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return true // it has the folder and is about to write its pid
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function install() {
  if (!modulesMatchLockfile() || !bunRuns()) {
    runNpmCi()
    // Where install scripts are blocked (npm 12, ignore-scripts), the package's own script has not put Bun in place.
    if (!bunRuns()) spawnSync(process.execPath, ['install.js'], { cwd: bunFolder, stdio: ['ignore', 2, 2] })
    if (!bunRuns()) failWithoutBun()
  }
  writeFileSync(stamp, wanted)
}

/** True after somebody's own `npm ci` or `npm install`: npm notes in node_modules what it has put there. */
function modulesMatchLockfile() {
  const note = join(modules, '.package-lock.json')
  if (!existsSync(note)) return false
  const want = JSON.parse(readFileSync(lockfile, 'utf8')).packages
  const have = JSON.parse(readFileSync(note, 'utf8')).packages
  const isThere = (path) =>
    have[path] && have[path].version === want[path].version && have[path].integrity === want[path].integrity
  // What is optional without naming a platform belongs to a package for another platform.
  const isNeeded = ({ optional, os, cpu, libc }) =>
    !optional ||
    (Boolean(os || cpu) && fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, ourLibc()))
  return Object.keys(want).every((path) => path === '' || isThere(path) || !isNeeded(want[path]))
}

function fits(allowed, ours) {
  return !allowed || ours === undefined || [].concat(allowed).includes(ours)
}

function ourLibc() {
  if (process.platform !== 'linux') return undefined
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

function runNpmCi() {
  console.error('Installing the dependencies (npm ci); this takes a minute the first time …')
  // Bun's program is an optional dependency and the tests' tools are dev ones, whatever this machine leaves out.
  const parameters = [
    'ci',
    '--include=optional',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  // npm_execpath belongs to whoever started us, which may be another package manager.
  const result =
    npm && basename(npm) === 'npm-cli.js'
      ? spawnSync(process.execPath, [npm, ...parameters], options)
      : spawnSync('npm', parameters, { ...options, shell: process.platform === 'win32' })
  if (result.status === 0) return
  if (result.error && result.error.code === 'ENOENT') {
    fail('npm was not found beside Node.', [
      'Install Node with npm from https://nodejs.org, then type the same again.',
    ])
  }
  fail('The dependencies could not be installed (npm ci failed; its reason is above).', [
    'No network, or a proxy?        npm ping            says whether the registry can be reached',
    'EUSAGE, lock out of step?      npm install         and look at what it changed in package-lock.json',
    'EACCES, folder of another?     ls -ld node_modules   it has to be yours; then remove it and start again',
  ])
}

function bunRuns() {
  return existsSync(bun) && spawnSync(bun, ['--version'], { stdio: 'ignore' }).status === 0
}

function failWithoutBun() {
  fail(`Bun was installed but does not run here (${process.platform} ${process.arch}).`, [
    `${bun} --version     shows why`,
    'Optional packages left out?    npm config get omit     has to be empty; then remove node_modules and start again',
    "Linux without glibc or musl, 32-bit systems and Node for another CPU than the machine's are not supported.",
  ])
}

function fail(what, hints) {
  console.error(`\n${what}`)
  for (const hint of hints) console.error(`  ${hint}`)
  process.exit(1)
}

function runBun(parameters) {
  // --no-orphans: should this process be killed without a chance to say so, Bun ends too.
  const child = spawn(bun, ['--no-orphans', ...parameters], {
    stdio: 'inherit',
    env: { ...laterOptimizing, ...process.env },
  })
  child.on('error', (error) => {
    rmSync(stamp, { force: true })
    fail(`Bun could not be started: ${error.message}`, [
      'Type the same again: the dependencies are checked anew.',
    ])
  })
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + (signals[signal] || 15) : code
    clearInterval(watch)
  })
  const signals = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A terminal gives ctrl-c to every process of the group, Bun included; twice would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  // npm does not always get to tell us that it was ended, so we look whether it is still there.
  const before = lineage()
  const watch = setInterval(() => {
    if (lineage() === before) return
    clearInterval(watch)
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  }, 300)
}

/** Our parent; and where that is the shell that npm runs its scripts in, npm itself, which can die without it. */
function lineage() {
  const shell = `/proc/${process.ppid}`
  try {
    const isNpmsShell = readFileSync(`${shell}/cmdline`, 'utf8').split('\0')[1] === '-c'
    if (!isNpmsShell || !process.env.npm_lifecycle_event) return String(process.ppid)
    // "pid (name) state ppid …"; the name may hold spaces and brackets
    return `${process.ppid} ${readFileSync(`${shell}/stat`, 'utf8').split(') ').pop().split(' ')[1]}`
  } catch {
    return String(process.ppid) // no /proc, as on a Mac
  }
}
