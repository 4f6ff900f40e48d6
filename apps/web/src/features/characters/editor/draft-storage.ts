import { namesIn, type SheetDraft } from './sheet-draft'

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

/** @returns what was typed before a reload; null: nothing, or nothing that this page can read */
export function loadDraft(id: string): object | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(prefix + id) ?? 'null')
    return typeof stored === 'object' ? stored : null
  } catch {
    return null
  }
}

/** @returns a sheet's draft of this page's own making */
export function parseSheetDraft(stored: object | null): SheetDraft {
  const draft = (stored ?? {}) as SheetDraft
  const isWhole = namesIn(draft).every((name) => typeof draft[name]?.seen === 'number')
  return isWhole ? draft : {}
}
