import { existsSync, readFileSync } from 'node:fs'

/** A kernel's clock tick in seconds, as /proc counts them. */
export const tickSeconds = 1 / 100

/**
 * @returns CPU seconds of the whole machine so far: used (all but idle and waiting), and wanted while the host of a virtual
 *   machine gave them to others; zeros where the system does not say
 */
export function readMachineCpu(): { readonly used: number; readonly stolen: number } {
  if (!existsSync('/proc/stat')) return { used: 0, stolen: 0 }
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const ticks = line.split(/\s+/).slice(1).map(Number)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, stolen = 0] = ticks
  return { used: (user + nice + system + irq + softIrq) * tickSeconds, stolen: stolen * tickSeconds }
}
