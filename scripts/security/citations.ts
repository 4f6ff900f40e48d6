import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A test that says which case it is about. */
export interface Citation {
  readonly file: string
  readonly title: string
}

// it('…'), describe("…"), it.each(table)(`…`): the title is the first string after the call.
const titled = /\b(?:it|test|describe)\b[\w.]*(?:\([^()]*\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs

/**
 * Reads the titles of all tests and contract suites below `root`.
 *
 * @returns by case number, the tests that cite it as `[SEC-<number>]`, in the order of their files
 */
export function findCitations(root: string): ReadonlyMap<number, readonly Citation[]> {
  const citations = new Map<number, Citation[]>()
  const glob = new Bun.Glob('{packages,apps,tests,scripts,tools}/**/*{.test,-contract}.ts')
  const files = [...glob.scanSync({ cwd: root })].filter((file) => !file.includes('node_modules/')).sort()
  for (const file of files) {
    for (const [, , title = ''] of readFileSync(join(root, file), 'utf8').matchAll(titled)) {
      for (const number of citedNumbers(title)) {
        citations.set(number, [...(citations.get(number) ?? []), { file, title: withoutNumbers(title) }])
      }
    }
  }
  return citations
}

/** `[SEC-1]`, `[SEC-1] [SEC-2]` and `[SEC-1, SEC-2]` all count. */
function citedNumbers(title: string): readonly number[] {
  return [...new Set([...title.matchAll(/SEC-(\d+)/g)].map(([, number]) => Number(number)))]
}

function withoutNumbers(title: string): string {
  return title
    .replace(/\[[^\]]*SEC-\d+[^\]]*\]\s*/g, '')
    .replace(/\\(['"`])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
