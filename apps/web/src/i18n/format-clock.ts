import { once } from '@innkeeper/protocol/tools'

/** Regions whose English counts the hours twice to twelve (CLDR 48). Everybody else knows twenty-four of them. */
const twiceTwelve = new Set(
  (
    'AE AG AS AU BB BM BS CA CY DM ER FJ FM GD GH GM GU GY HK IN JM KI KN KY LC LR LS MH MO MP MW MY NA NZ PG PH PK PR ' +
    'PW SB SD SG SL SS SZ TC TO TT UM US VC VG VI VU WS ZM'
  ).split(' '),
)
const isTwiceTwelveHere = once(() => countsTwiceTwelve(navigator.language))

/**
 * Hours and minutes by the custom of the reader's own device, whatever language the page speaks. Put together by hand: the
 * browser's own format takes a slow processor a tenth of a second to make, at the first look.
 */
export function formatClock(at: number): string {
  return toClock(new Date(at), isTwiceTwelveHere())
}

/** @param tag  a language as browsers name it: `en-GB` */
export function countsTwiceTwelve(tag: string): boolean {
  const [language, region = 'US'] = tag.split('-')
  return language === 'en' && twiceTwelve.has(region)
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
