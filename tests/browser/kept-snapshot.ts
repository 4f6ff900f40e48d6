import type { Guest } from './at-the-table'

/** Runs in the page: the snapshot that is kept, as text. */
const readSnapshot = `new Promise((resolve) => {
  const opening = indexedDB.open('innkeeper', 1)
  opening.onerror = () => resolve('')
  opening.onupgradeneeded = () => opening.result.createObjectStore('snapshots')
  opening.onsuccess = () => {
    const reading = opening.result.transaction('snapshots').objectStore('snapshots').get('table')
    reading.onsuccess = () => {
      opening.result.close()
      resolve(JSON.stringify(reading.result ?? ''))
    }
  }
})`

/** @returns the snapshot of a table that a browser keeps, as text; `""` in quotes: none */
export function snapshotOf({ page }: Guest): Promise<string> {
  return page.evaluate<string>(readSnapshot)
}
