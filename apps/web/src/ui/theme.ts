import { localTexts } from '../services/kept-value'

/** How the page looks: as the device does, or always light or dark. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'innkeeper.theme'

/** @returns whether it names a theme */
export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value)
}

/** @returns what was chosen last */
export function keptTheme(): Theme {
  const kept = localTexts().getItem(storageKey)
  return isTheme(kept) ? kept : 'system'
}

/** Remembers a choice; `public/theme.js` reads it before the page is painted next time. */
export function keepTheme(theme: Theme): void {
  if (theme === 'system') localTexts().removeItem(storageKey)
  else localTexts().setItem(storageKey, theme)
}

/** Shows the page in a theme, with the bar of the browser in the same colour. */
export function showTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
  for (const meta of root.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.dataset['theme']
    // What says nothing to this device's own scheme is not looked at: so both say the same while one is forced.
    meta.media =
      theme === 'system' ? `(prefers-color-scheme: ${own ?? 'light'})` : own === theme ? 'all' : 'not all'
  }
}
