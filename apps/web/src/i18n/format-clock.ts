/** @returns hours and minutes as the reader's own device writes them, whatever language the page speaks */
export function formatClock(at: number): string {
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at)
}
