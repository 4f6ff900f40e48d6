import type { KeptFile } from './table-api'

/** Hands a file to the browser, which saves it where it saves things. */
export function saveFile({ name, content }: KeptFile): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Some browsers begin to read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
