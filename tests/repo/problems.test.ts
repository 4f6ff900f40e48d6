import { describe, expect, it } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { problems } from '@innkeeper/protocol/problems'

const folder = fileURLToPath(new URL('../../docs/problems', import.meta.url))

describe('the pages about problems', () => {
  it.each(Object.entries(problems))(
    'has one for %s, with its status and title',
    (code, { status, title }) => {
      const page = `${folder}/${code}.md`
      expect(existsSync(page)).toBe(true)
      const text = readFileSync(page, 'utf8')
      expect(text).toStartWith(`# ${title}\n`)
      expect(text).toContain(`HTTP ${status}`)
      expect(readFileSync(`${folder}/README.md`, 'utf8')).toContain(`(${code}.md)`)
    },
  )
})
