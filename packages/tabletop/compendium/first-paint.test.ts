import { describe, expect, it } from 'bun:test'
import { join } from 'node:path'

const folder = join(import.meta.dir, '..')

/** What a browser would load for a file and all that it imports. */
async function bundled(path: string): Promise<string> {
  const built = await Bun.build({ entrypoints: [join(folder, path)], target: 'browser', minify: true })
  const texts = await Promise.all(built.outputs.map((output) => output.text()))
  return texts.join('')
}

describe('the first paint of a page', () => {
  it.each(['table/evolve.ts', 'table/view.ts', 'language/say-line.ts', 'compendium/search-monsters.ts'])(
    'with %s loads no monsters',
    async (path) => {
      const code = await bundled(path)
      expect(code.length).toBeGreaterThan(1_000)
      expect(code).not.toContain('Mucous Cloud')
    },
  )

  it('loads them where they are asked for, for less than 800 kB', async () => {
    const code = await bundled('compendium/srd-monsters.ts')
    expect(code).toContain('Mucous Cloud')
    expect(code.length).toBeLessThan(800_000)
  })
})
