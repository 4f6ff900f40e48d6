/** What a run of tests came to. A skipped test is named, so that nobody mistakes it for a passed one. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
}

const testcase = /<testcase\s([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g

/**
 * Reads the JUnit report that Bun writes. We read it ourselves because it has one shape and needs one pattern.
 *
 * @returns the tally; a skipped test as `file: name`
 */
export function parseJunit(xml: string): Tally {
  const tally = { passed: 0, failed: 0, skipped: [] as string[] }
  for (const [, attributes = '', , body = ''] of xml.matchAll(testcase)) {
    if (body.includes('<skipped')) {
      tally.skipped.push(`${attribute(attributes, 'file')}: ${attribute(attributes, 'name')}`)
    } else if (/<(failure|error)\b/.test(body)) tally.failed += 1
    else tally.passed += 1
  }
  return tally
}

/** @returns how many failures Bun's last lines name; unlike its report they count files that could not be loaded */
export function parseFailCount(output: string): number {
  return Number(/^ *(\d+) fail$/m.exec(output)?.[1] ?? 0)
}

function attribute(attributes: string, name: string): string {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
  const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' }
  return value.replace(/&(quot|apos|lt|gt|amp);/g, (entity, key: string) => entities[key] ?? entity)
}
