import { readFileSync } from 'node:fs'
import { readMachineCpu, tickSeconds } from '../machine-cpu'
import type { Load } from './jobs'

/** @returns CPU seconds that all threads of the process have used so far */
function processCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the command in brackets and may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickSeconds
}

/** @returns the resident memory of the process in bytes */
export function residentBytes(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(match?.[1]) * 1024
}

/** Starts measuring a span. @returns a function that ends it and says how busy the server and this process were */
export function startStopwatch(serverPid: number): () => Load {
  const startedAt = performance.now()
  const serverBefore = processCpuSeconds(serverPid)
  const selfBefore = process.cpuUsage()
  const machineBefore = readMachineCpu().used
  return () => {
    const seconds = (performance.now() - startedAt) / 1000
    const self = process.cpuUsage(selfBefore)
    const serverCpu = (processCpuSeconds(serverPid) - serverBefore) / seconds
    const generatorCpu = (self.user + self.system) / 1e6 / seconds
    const machineCpu = (readMachineCpu().used - machineBefore) / seconds
    return { seconds, serverCpu, generatorCpu, othersCpu: Math.max(0, machineCpu - serverCpu - generatorCpu) }
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
