import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceSetting } from '../../tests/support/services'
import { startInBackground, type BackgroundProgram, type Start } from './background-program'
import { findProgram } from './programs'
import { startPostgres } from './start-postgres'
import { startRedis, startRedisCluster } from './start-redis'

/** The services that are running, as the environment that tests read. */
export interface Services {
  readonly environment: Readonly<Partial<Record<ServiceSetting, string>>>
  /** Ends every one of them by its pid and removes their folder. May be called twice. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a PostgreSQL, a Redis and a Redis Cluster on free ports of 127.0.0.1, in a temporary folder. What is not
 * installed is left out.
 *
 * @throws Error when one that is installed does not come up; those already started are ended first
 */
export async function startServices(): Promise<Services> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-services-'))
  // PostgreSQL may run as another user, who has to pass through here; what lies inside has modes of its own.
  chmodSync(folder, 0o711)
  const programs: BackgroundProgram[] = []
  const start: Start = (command, options) => {
    const program = startInBackground(command, options)
    programs.push(program)
    return program
  }
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  const starts = await Promise.allSettled([
    startPostgres(folder, start),
    startRedis(folder, start),
    startRedisCluster(folder, start),
  ])
  const failure = starts.find((start) => start.status === 'rejected')
  if (failure) {
    await stop()
    throw new Error('A service did not start', { cause: failure.reason })
  }
  const [postgres, redis, cluster] = starts.map((each) =>
    each.status === 'fulfilled' ? each.value : undefined,
  )
  const chromium = findProgram('chromium')
  return {
    environment: {
      ...(postgres && { TEST_POSTGRES_URL: postgres }),
      ...(redis && { TEST_REDIS_URL: redis }),
      ...(cluster && { TEST_REDIS_CLUSTER: cluster }),
      ...(chromium && { TEST_CHROMIUM: chromium }),
    },
    stop,
  }
}
