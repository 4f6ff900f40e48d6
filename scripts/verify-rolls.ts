/**
 * `npm run verify-rolls -- table.json`: rolls all dice of a table again, from the seeds that it has revealed, and says
 * whether they fell as they were shown. The file is what `GET /api/dice/fairness` answers; without one it is read from
 * the standard input. Needs no server and no network.
 *
 * Ends with code 0 when nothing is wrong, 1 when a roll is, and 2 when the file cannot be read.
 */
import { readFileSync } from 'node:fs'
import type { core } from 'zod'
import { fairnessDocument, type FairnessDocument } from '@innkeeper/tabletop/dice/fairness-document'
import {
  verifyRolls,
  type FairnessReport,
  type RollVerdict,
  type ShownRoll,
} from '@innkeeper/tabletop/dice/verify-rolls'

const verdictNames: Readonly<Record<RollVerdict, string>> = {
  ok: 'ok',
  mismatch: 'mismatch',
  'not-revealed': 'not yet revealed',
  'bad-commitment': 'bad commitment',
}
const mostIssues = 10

const [path = '-', ...others] = process.argv.slice(2)
if (others.length > 0) fail('Expected one file, or none to read the standard input.')
const document = parseDocument(await readText(path))
const report = verifyRolls(document)
for (const line of [...linesOf(document, report), summaryOf(report)]) console.log(line)
process.exit(isFair(report) ? 0 : 1)

async function readText(path: string): Promise<string> {
  if (path === '-') return Bun.stdin.text()
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    return fail(`${path} cannot be read: ${messageOf(cause)}`)
  }
}

function parseDocument(text: string): FairnessDocument {
  const result = fairnessDocument.safeParse(parseJson(text))
  if (result.success) return result.data
  const issues = result.error.issues.flatMap((issue) => readableIssues(issue, []))
  const more = issues.length > mostIssues ? [`and ${issues.length - mostIssues} more`] : []
  return fail('This is not a fairness document:', [...issues.slice(0, mostIssues), ...more])
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    return fail(`This is not JSON: ${messageOf(cause)}`)
  }
}

/** A roll can be written in two ways; what is said is about the one that it comes closer to. */
function readableIssues(issue: core.$ZodIssue, parents: readonly PropertyKey[]): readonly string[] {
  const place = [...parents, ...issue.path]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [closest = []] = issue.errors.toSorted((a, b) => a.length - b.length)
    return closest.flatMap((inner) => readableIssues(inner, place))
  }
  return [`${place.map(String).join('.') || 'the whole'}: ${issue.message}`]
}

/** What is wrong or lacking, a line each. */
function linesOf(
  { rolls }: FairnessDocument,
  { rolls: verified, missing, repeated }: FairnessReport,
): readonly string[] {
  const wrong = verified.flatMap(({ seed, roll, verdict, recomputed }, index) => {
    const shown = rolls[index]
    if (verdict === 'ok' || verdict === 'not-revealed' || !shown) return []
    const what = 'expression' in shown ? shown.expression : shown.sides.map((sides) => `d${sides}`).join(', ')
    const fell = recomputed ? `, but the dice fell ${print(recomputed)}` : ''
    return [`${verdictNames[verdict]}: roll ${roll} of seed ${seed}, ${what}, shows ${print(shown)}${fell}`]
  })
  return [
    ...wrong,
    ...repeated.map(({ seed, roll }) => `repeated: there is more than one roll ${roll} of seed ${seed}`),
    ...missing.map(
      ({ seed, from, to }) =>
        `missing: roll${from === to ? ` ${from}` : `s ${from} to ${to}`} of seed ${seed}`,
    ),
  ]
}

function print({ faces, totals }: ShownRoll): string {
  return faces.join(' ') + (totals ? ` = ${totals.join(', ')}` : '')
}

function summaryOf({ rolls }: FairnessReport): string {
  const counts = Object.entries(verdictNames).flatMap(([verdict, name]) => {
    const count = rolls.filter((roll) => roll.verdict === verdict).length
    return count > 0 ? [`${count} ${name}`] : []
  })
  return `${rolls.length} rolls${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`
}

function isFair({ rolls, repeated }: FairnessReport): boolean {
  return repeated.length === 0 && rolls.every(({ verdict }) => verdict === 'ok' || verdict === 'not-revealed')
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function fail(what: string, details: readonly string[] = []): never {
  console.error([what, ...details.map((detail) => `  ${detail}`)].join('\n'))
  process.exit(2)
}
