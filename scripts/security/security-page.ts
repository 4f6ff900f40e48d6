import { securitySections, type SecurityCase } from './cases'
import type { Citation } from './citations'
import { notTested } from './not-tested'

const head = `# Security cases

What is tried against this project, and the tests that try it. A test cites its case as \`[SEC-<number>]\` in its name.
This page is written by \`npm run security-cases\`; a test fails while it is out of date.
`

/** @returns the Markdown of docs/security-cases.md */
export function securityPage(citations: ReadonlyMap<number, readonly Citation[]>): string {
  const cases = securitySections.flatMap((section) => section.cases)
  const tested = cases.filter(({ number }) => citations.has(number)).length
  const reasoned = cases.filter(({ number }) => !citations.has(number) && number in notTested).length
  const open = cases.length - tested - reasoned
  const count = `${cases.length} cases: ${tested} with tests, ${reasoned} without a surface to try them on, ${open} open.`
  const tables = securitySections.map(({ title, cases }) =>
    [
      `## ${title}`,
      '',
      '| # | case | tested by |',
      '| --- | --- | --- |',
      ...cases.map((each) => row(each, citations)),
    ].join('\n'),
  )
  return `${head}\n${count}\n\n${tables.join('\n\n')}\n`
}

function row(each: SecurityCase, citations: ReadonlyMap<number, readonly Citation[]>): string {
  const tests = citations.get(each.number)
  const answer = tests ? tests.map(link).join('<br>') : `– ${notTested[each.number] ?? 'open: no test yet'}`
  return `| ${each.number} | ${cell(each.text)} | ${answer} |`
}

function link({ file, title }: Citation): string {
  return `[${cell(title)}](../${file})`
}

/** A title may hold whatever it likes; in a table's cell and a link's text it has to stay text. */
function cell(text: string): string {
  return text.replace(/[|[\]<>]/g, (character) => `\\${character}`)
}
