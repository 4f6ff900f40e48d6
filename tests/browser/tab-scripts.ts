/** What tests run inside a tab, as text: the page's own code is reached through the app that is mounted there. */

/** The HTTP client of the page, which carries the seat's token. */
const http = `Object.getOwnPropertySymbols(document.querySelector('#app').__vue_app__._context.provides)
  .map((key) => document.querySelector('#app').__vue_app__._context.provides[key])
  .find((value) => value?.http).http`

/** Asks for the table so many times at once. @returns a script that ends in the statuses */
export function askAtOnce(times: number): string {
  return `Promise.all(Array.from({ length: ${times} }, () => ${http}.get('/api/session')))
    .then((answers) => answers.map(({ status }) => status))`
}

/** Sends a body to an address that a test answers itself. @returns a script that ends in the status, of failures too */
export function post(path: string, body: string, options = '{}'): string {
  return `${http}.post('${path}', ${body}, ${options})
    .then(({ status }) => status, ({ response, message }) => response?.status ?? message)`
}

/** As if half an hour had passed: the server refuses the access token; the refresh token is good. */
export const expireAccessToken = `(() => {
  const seat = JSON.parse(localStorage.getItem('innkeeper.seat'))
  const access = seat.tokens.access.slice(0, -8) + 'AAAAAAAA'
  localStorage.setItem('innkeeper.seat', JSON.stringify({ ...seat, tokens: { ...seat.tokens, access } }))
})()`

/** As if this sign-in had been ended elsewhere. */
export const spoilBothTokens = expireAccessToken.replace('...seat.tokens, access', "refresh: 'x.y.z', access")

/** As if most of the access token's life had passed. The server still takes it. */
export const makeTokenDue = `(() => {
  const seat = JSON.parse(localStorage.getItem('innkeeper.seat'))
  const life = { forMs: 1_800_000, sinceMs: Date.now() - 1_700_000 }
  localStorage.setItem('innkeeper.seat', JSON.stringify({ ...seat, tokens: { ...seat.tokens, life } }))
})()`

/** A lock that nobody will ever give back, as a frozen tab leaves it. */
export const orphanTheLock = `new Promise((resolve) => {
  void navigator.locks.request('innkeeper.refresh', () => {
    resolve()
    return new Promise(() => {})
  })
})`

/** Gives the seat up as its player does. */
export const leaveTheTable = `document.querySelector('#app').__vue_app__.config.globalProperties.$pinia._s
  .get('session').leave(null)`

/** To be run before the page's own scripts: a browser without Web Locks, or a page without https. */
export const withoutLocks = `Object.defineProperty(navigator, 'locks', { value: undefined })`

/** To be run before the page's own scripts: a tab that nobody looks at, until \`showTab\`. */
export const hiddenTab = `Object.defineProperty(document, 'hidden', { get: () => !window.isShown })`

export const showTab = `(() => {
  window.isShown = true
  document.dispatchEvent(new Event('visibilitychange'))
})()`
