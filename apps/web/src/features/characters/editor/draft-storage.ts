// Not `tabTexts`: a draft may be larger than the place that is left, and all of them go at once by their names.
const prefix = 'innkeeper.draft.'

/** Keeps what was typed through a reload of the tab. Browsers may forbid storage: then it lasts as long as the page. */
export function saveDraft(id: string, draft: unknown): void {
  try {
    sessionStorage.setItem(prefix + id, JSON.stringify(draft))
  } catch {
    // Storage is forbidden or full: the form itself still has it.
  }
}

/** Forgets what was typed. */
export function dropDraft(id: string): void {
  try {
    sessionStorage.removeItem(prefix + id)
  } catch {
    // Storage is forbidden: there is nothing to forget.
  }
}

/** Forgets all of it: whoever sits down in this tab next must not read what the seat before has written. */
export function dropDrafts(): void {
  try {
    const keys = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? '')
    for (const key of keys) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
  } catch {
    // Storage is forbidden: there is nothing to forget.
  }
}

/** @returns whether something about the character was written in this tab and not saved */
export function hasDraft(id: string): boolean {
  return loadDraft(id) !== null
}

/** @returns what was typed before a reload; null: nothing, or nothing that this page can read */
export function loadDraft(id: string): object | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(prefix + id) ?? 'null')
    return typeof stored === 'object' ? stored : null
  } catch {
    return null
  }
}
