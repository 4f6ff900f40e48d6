import { closeSync, openSync, readFileSync } from 'node:fs'

/** A program that runs beside us until we stop it. */
export interface BackgroundProgram {
  readonly pid: number
  /** True once it has ended, by itself or by us. */
  readonly hasEnded: () => boolean
  /** The end of what it printed, for a message when it does not start. */
  readonly lastLines: () => string
  /** Ends it by its pid and waits until it is gone; kills it when it takes longer than five seconds. */
  readonly stop: () => Promise<void>
}

/** How a background program is started. */
export interface BackgroundOptions {
  readonly logFile: string
  /** The system user to run as; only root may name another. */
  readonly user?: string
  /** What asks it to end. PostgreSQL needs SIGINT: on SIGTERM it waits for its clients. */
  readonly stopSignal?: 'SIGTERM' | 'SIGINT'
}

/** Starts a program; `startServices` hands one in that also remembers what to stop. */
export type Start = (command: readonly string[], options: BackgroundOptions) => BackgroundProgram

const stopWithinMs = 5_000

/** Starts a program whose output goes to `logFile`. On Linux it ends with us, even when we are killed. */
export function startInBackground(command: readonly string[], options: BackgroundOptions): BackgroundProgram {
  const { logFile, stopSignal = 'SIGTERM' } = options
  const log = openSync(logFile, 'a')
  const child = Bun.spawn(asUser(command, options), { stdin: 'ignore', stdout: log, stderr: log, cwd: '/' })
  closeSync(log)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return {
    pid: child.pid,
    hasEnded,
    lastLines: () => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n'),
    async stop() {
      if (hasEnded()) return
      child.kill(stopSignal)
      const ended = await Promise.race([
        child.exited.then(() => true),
        Bun.sleep(stopWithinMs).then(() => false),
      ])
      if (!ended) child.kill('SIGKILL')
      await child.exited
    },
  }
}

/**
 * Puts `setpriv` (util-linux, on every Debian) before a command: it runs the command in its own place, so the pid stays
 * right, as another user, and has the kernel signal it when we die.
 */
export function asUser(
  command: readonly string[],
  options: { readonly user?: string; readonly stopSignal?: string } = {},
): string[] {
  const setpriv = Bun.which('setpriv')
  if (!setpriv) return [...command]
  const { user, stopSignal = 'SIGTERM' } = options
  const identity = user === undefined ? [] : [`--reuid=${user}`, `--regid=${user}`, '--init-groups']
  return [setpriv, ...identity, `--pdeathsig=${stopSignal.replace('SIG', '')}`, '--', ...command]
}
