import type { Language } from '../../i18n/languages'

const dayMs = 24 * 60 * 60 * 1_000

/** @returns the time of day, with the date where it is not of today */
export function sayWhen(
  at: number,
  { language, now }: { readonly language: Language; readonly now: number },
): string {
  const isToday = Math.abs(now - at) < dayMs && new Date(at).getDate() === new Date(now).getDate()
  const form = isToday
    ? ({ timeStyle: 'short' } as const)
    : ({ dateStyle: 'medium', timeStyle: 'short' } as const)
  return new Intl.DateTimeFormat(language, form).format(at)
}
