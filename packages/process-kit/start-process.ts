import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { createJsonLog } from './json-log'
import { endInOrder } from './orderly-end'
import { systemRandom } from './system-random'

/** The effects that every service is handed. */
export interface ProcessEffects {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** A service that runs. */
export interface RunningService {
  stop(): Promise<void>
}

export interface ProcessOptions<Settings, Service extends RunningService> {
  /** Stands in every line of the log. */
  readonly name: string
  /** @throws an error named `SettingsError` that an operator can act on */
  readonly readSettings: () => Settings
  readonly start: (settings: Settings, effects: ProcessEffects) => Promise<Service>
  /** What a person reads when it runs. */
  readonly welcome: (service: Service, settings: Settings) => string
}

/** The exit code of a configuration error (sysexits.h: EX_CONFIG). */
const configurationError = 78

/** The life of a process: settings, effects, start, a welcome, an orderly end. The commonest mistakes get advice. */
export async function startProcess<
  Settings extends { readonly LOG_LEVEL: string; readonly PORT: number },
  Service extends RunningService,
>(options: ProcessOptions<Settings, Service>): Promise<void> {
  const settings = readOrExplain(options.readSettings)
  const log = createJsonLog({ level: settings.LOG_LEVEL, service: options.name })
  const service = await startOrExplain(
    () => options.start(settings, { clock: Date.now, random: systemRandom, log }),
    settings.PORT,
  )
  endInOrder(() => service.stop(), log)
  console.log(options.welcome(service, settings))
}

function readOrExplain<Settings>(readSettings: () => Settings): Settings {
  try {
    return readSettings()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SettingsError') throw error
    console.error(`Innkeeper cannot start with these settings:\n${error.message}`)
    process.exit(configurationError)
  }
}

async function startOrExplain<Service>(start: () => Promise<Service>, port: number): Promise<Service> {
  try {
    return await start()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isPortTaken = 'code' in error && error.code === 'EADDRINUSE'
    const advice = `Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 1} npm start`
    console.error(isPortTaken ? advice : `Innkeeper cannot start: ${error.message}`)
    process.exit(1)
  }
}
