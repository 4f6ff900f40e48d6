import { describe, expect, it } from 'bun:test'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../../scripts/checks/run-checks'
import { securitySections } from '../../scripts/security/cases'
import { findCitations } from '../../scripts/security/citations'
import { notTested } from '../../scripts/security/not-tested'
import { securityPage } from '../../scripts/security/security-page'

const numbers = securitySections.flatMap((section) => section.cases.map((each) => each.number))

describe('docs/security-cases.md', () => {
  it('says what the tests say; npm run security-cases writes it anew', () => {
    const page = readFileSync(join(repositoryRoot, 'docs/security-cases.md'), 'utf8')
    expect(page.split('\n')).toEqual(securityPage(findCitations(repositoryRoot)).split('\n'))
  })

  it('knows every number that a test cites, and every number that has a reason', () => {
    const cited = [...findCitations(repositoryRoot).keys(), ...Object.keys(notTested).map(Number)]
    expect(cited.filter((number) => !numbers.includes(number))).toEqual([])
  })

  it('gives no number twice', () => {
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('finds citations in every kind of title', () => {
    const folder = mkdtempSync(join(tmpdir(), 'innkeeper-citations-'))
    try {
      mkdirSync(join(folder, 'packages/a'), { recursive: true })
      const number = (n: number) => ['[SEC', `${n}]`].join('-')
      const lines = [
        `it('${number(1)} refuses', () => {})`,
        `describe(\`${number(2)} a group\`, () => {})`,
        `it.each([1, 2])("${number(3)} ${number(4)} each %d", () => {})`,
        `it(\n  'it\\'s ${number(5)} below', () => {})`,
        `// ${number(6)} a comment is no test`,
      ]
      writeFileSync(join(folder, 'packages/a/b.test.ts'), lines.join('\n'))
      const found = findCitations(folder)
      expect([...found.keys()]).toEqual([1, 2, 3, 4, 5])
      expect(found.get(5)).toEqual([{ file: 'packages/a/b.test.ts', title: "it's below" }])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
