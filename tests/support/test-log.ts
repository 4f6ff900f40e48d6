import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { leakedTokens } from '../../scripts/tests/leaked-tokens'
import { resultsFolder } from '../../scripts/tests/run-bun-tests'
import type { Log } from '@innkeeper/protocol/tools'

/** A log as the server's code writes it: nothing is struck out, so that a token handed to it is seen. */
export interface TestLog extends Log {
  readonly lines: readonly string[]
  /** Lines that hold something that opens a door. */
  leaks(): readonly string[]
}

/** Kept beside the report of the run, one file per server. */
export const serverLogs = join(resultsFolder, 'servers')

const channelToken = /[?&]token=[0-9a-f-]{36}/

export function createTestLog(name: string): TestLog {
  const file = join(serverLogs, `${name}.log`)
  mkdirSync(serverLogs, { recursive: true })
  rmSync(file, { force: true })
  const lines: string[] = []
  const write = (level: string) => (fields: object, message: string) => {
    const line = JSON.stringify({ level, message, ...fields }, plainErrors)
    lines.push(line)
    appendFileSync(file, `${line}\n`)
  }
  return {
    lines,
    leaks: () => [...leakedTokens(lines.join('\n')), ...lines.filter((line) => channelToken.test(line))],
    ...{ debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
  }
}

function plainErrors(_key: string, value: unknown): unknown {
  return value instanceof Error
    ? { ...value, name: value.name, message: value.message, stack: value.stack, cause: value.cause }
    : value
}
