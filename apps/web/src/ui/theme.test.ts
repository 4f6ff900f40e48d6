import { expect, it } from 'bun:test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isTheme, keptTheme, showTheme } from './theme'

/** Just enough of a page. */
function page() {
  const metas = ['light', 'dark'].map((theme) => ({ dataset: { theme }, media: '' }))
  const root = { dataset: {} as Record<string, string>, querySelectorAll: () => metas }
  const show = (theme: Parameters<typeof showTheme>[0]) => showTheme(theme, root as unknown as HTMLElement)
  return { root, metas, show }
}

it('shows one theme, or what the device asks for, and the bar of the browser follows', () => {
  const { root, metas, show } = page()
  show('dark')
  expect(root.dataset).toEqual({ theme: 'dark' })
  expect(metas.map(({ media }) => media)).toEqual(['not all', 'all'])
  show('system')
  expect(root.dataset).toEqual({})
  expect(metas.map(({ media }) => media)).toEqual([
    '(prefers-color-scheme: light)',
    '(prefers-color-scheme: dark)',
  ])
})

it('is as the device where nothing may be kept', () => {
  expect(keptTheme()).toBe('system')
  expect(['system', 'light', 'dark', 'sepia', null].filter(isTheme)).toEqual(['system', 'light', 'dark'])
})

it('is read before the first paint under the very name that it is kept by', () => {
  const early = readFileSync(fileURLToPath(new URL('../../public/theme.js', import.meta.url)), 'utf8')
  const source = readFileSync(fileURLToPath(new URL('theme.ts', import.meta.url)), 'utf8')
  const [key] = /'innkeeper\.theme'/.exec(source) ?? []
  expect(early).toContain(`getItem(${key ?? 'nothing'})`)
})
