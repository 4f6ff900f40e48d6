/** The languages of the page, each named in itself. */
export const languages = { en: 'English', 'pt-BR': 'Português (Brasil)', ru: 'Русский' } as const
export type Language = keyof typeof languages

const storageKey = 'innkeeper.language'

/** @returns the language that was chosen last, or else the first of the browser's that the page speaks */
export function startingLanguage(preferred: readonly string[]): Language {
  return chooseLanguage([readChoice() ?? '', ...preferred])
}

/** @returns the first language that the page speaks */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const base = tag.toLowerCase().split('-')[0] ?? ''
    const match = Object.keys(languages).find((known) => known.toLowerCase().split('-')[0] === base)
    if (isLanguage(match)) return match
  }
  return 'en'
}

/** Remembers the choice. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

/** @returns whether the page speaks it */
export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languages, value)
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}
