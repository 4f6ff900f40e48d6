import { once } from '@innkeeper/protocol/tools'

// One for all: making a format costs more than a hundred uses of it, and a log has a time in every row.
const clock = once(() => new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }))

/** @returns hours and minutes as the reader's own device writes them, whatever language the page speaks */
export function formatClock(at: number): string {
  return clock().format(at)
}
