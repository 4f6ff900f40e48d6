import { once } from '@innkeeper/protocol/tools'

/** Where English counts the hours twice to twelve (CLDR 48). Who reads another language knows twenty-four of them. */
const twiceTwelve = /^en(?:-(?:AU|CA|GH|HK|IN|JM|MY|NZ|PH|PK|SG|TT|US))?$/
const isTwiceTwelveHere = once(() => twiceTwelve.test(navigator.language))

/**
 * Hours and minutes as they are written where the reader's own device is at home, whatever language the page speaks.
 * Put together by hand: the browser's own format takes a slow processor a tenth of a second to make, at the first look.
 */
export function formatClock(at: number): string {
  return toClock(new Date(at), isTwiceTwelveHere())
}

/** @param isTwiceTwelve  with AM and PM */
export function toClock(time: Date, isTwiceTwelve: boolean): string {
  const hour = time.getHours()
  const minute = toTwoDigits(time.getMinutes())
  if (!isTwiceTwelve) return `${toTwoDigits(hour)}:${minute}`
  return `${toTwoDigits(((hour + 11) % 12) + 1)}:${minute}\u00a0${hour < 12 ? 'AM' : 'PM'}`
}

function toTwoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
