/**
 * Copies a text. The modern way exists on https and localhost only; a table on a home network has neither.
 *
 * @param field  holds the text on the page; selected when nothing else works, so that a person can copy by hand
 * @returns whether the text is on the clipboard
 */
export async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    field?.select()
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without https
    return field !== null && document.execCommand('copy')
  }
}
