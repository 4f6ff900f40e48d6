import { fanOut } from './fan-out'
import { parseJob } from './jobs'
import { joins, memory } from './joins'
import { requests } from './requests'
import { rolls } from './rolls'

/** The load process: one job from standard input, one result to standard output. */
const job = parseJob(await Bun.stdin.text())

async function perform(): Promise<object> {
  switch (job.kind) {
    case 'fan-out':
      return await fanOut(job)
    case 'requests':
      return await requests(job)
    case 'joins':
      return await joins(job)
    case 'memory':
      return await memory(job)
    case 'rolls':
      return await rolls(job)
    case 'rules':
    case 'verify':
      throw new Error('This is the job of a script of its own in servers/')
  }
}

const result = await perform()
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exit(0)
