const quietMs = 1_000
const patienceMs = 60_000

/** What is there once a page can be used. */
export const shownBy = {
  home: 'form button[type=submit]',
  /** A game master's phone: one panel. */
  panel: 'main > *',
  /** A player's phone: the sheet, whose numbers open dialogs. */
  sheet: 'main [aria-haspopup=dialog]',
  /** A desk: the log is the last to fill. */
  log: 'ol > li[data-index]',
} as const

/**
 * Runs in the page before any of its scripts, and keeps two clocks: when the page could be used, and how long an event
 * took from its arrival at the socket until the first frame with its row in the log was painted. A message to
 * itself, posted from within a frame, is answered when that frame is done: a second frame would only add its own wait.
 * The page is asked nothing meanwhile: on a slow processor each question would be a long task of its own.
 *
 * @param shown  what has to be there before the page can be used
 */
export const pageProbe = (shown: keyof typeof shownBy) => `(() => {
  const painted = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => then(performance.now())
    port2.postMessage(null)
  })
  const probe = { shownMs: null, longTaskEndMs: 0, delaysMs: [], arrivedMs: null, lastRow: -1 }
  window.benchProbe = probe
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) probe.longTaskEndMs = startTime + duration
  }).observe({ type: 'longtask', buffered: true })

  const lastRowOf = () => {
    const rows = document.querySelectorAll('ol > li[data-index]')
    return Number(rows[rows.length - 1]?.dataset.index ?? -1)
  }
  new MutationObserver(() => {
    if (probe.shownMs === null && document.querySelector(${JSON.stringify(shownBy[shown])})) {
      probe.shownMs = Infinity
      painted((now) => void (probe.shownMs = now))
    }
    if (probe.arrivedMs === null || lastRowOf() <= probe.lastRow) return
    const { arrivedMs } = probe
    probe.arrivedMs = null
    painted((now) => void probe.delaysMs.push(now - arrivedMs))
  }).observe(document, { childList: true, subtree: true })

  // Resolves with the moment since which the page could be used, once it has been quiet for a while.
  probe.interactiveMs = new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      if (performance.now() > ${patienceMs}) reject(new Error('The page never came to rest'))
      const readyMs = Math.max(probe.shownMs ?? Infinity, probe.longTaskEndMs)
      if (performance.now() <= readyMs + ${quietMs}) return
      clearInterval(timer)
      resolve(readyMs)
    }, 100)
  })

  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address)
      this.addEventListener('message', ({ data }) => {
        if (!String(data).includes('"event"')) return
        probe.lastRow = lastRowOf()
        probe.arrivedMs = performance.now()
      })
    }
  }
})()`
