/** `npm run check`: types, lint, format and walls. Ends with code 1 when one of them found something. */
import { printCheck, runChecks } from './checks/run-checks'

const results = await runChecks(printCheck)
const failed = results.filter((result) => !result.hasPassed)
if (failed.length > 0) {
  console.log(
    `\n${failed.map((result) => result.name).join(', ')}: see above. Format is put right by npm run format.`,
  )
}
process.exit(failed.length > 0 ? 1 : 0)
