/** What says a text of the page by its key. */
type Say = (key: string, values: Readonly<Record<string, string | number>>) => string

/**
 * A day in full, from our own texts and for the same reason as in `formatClock`.
 *
 * @param at  epoch ms
 */
export function formatDay(at: number, say: Say): string {
  const time = new Date(at)
  const weekday = say('log.day.weekdays', {}).split(',')[time.getDay()] ?? ''
  const month = say('log.day.months', {}).split(',')[time.getMonth()] ?? ''
  return say('log.day.date', { weekday, day: time.getDate(), month, year: time.getFullYear() })
}
