/** @returns a table's code in halves, as it is read aloud: `QX7M-2KDP`. The server takes it with and without the dash */
export function formatCode(code: string): string {
  return code.length === 8 ? `${code.slice(0, 4)}-${code.slice(4)}` : code
}
