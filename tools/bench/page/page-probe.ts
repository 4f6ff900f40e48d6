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
 * Runs in the page before any of its scripts, and keeps two clocks: when something first was on the screen, and how long
 * an event took from its arrival at the socket until the first frame with its row in the log was painted. A message to
 * itself, posted from within a frame, is answered when that frame is done: a second frame would only add its own wait.
 */
export const pageProbe = `(() => {
  const painted = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => then(performance.now())
    port2.postMessage(null)
  })
  const probe = { shownMs: {}, longTaskEndMs: 0, delaysMs: [], arrivedMs: null, lastRow: -1 }
  window.benchProbe = probe
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) probe.longTaskEndMs = startTime + duration
  }).observe({ type: 'longtask', buffered: true })

  const lastRowOf = () => {
    const rows = document.querySelectorAll('ol > li[data-index]')
    return Number(rows[rows.length - 1]?.dataset.index ?? -1)
  }
  new MutationObserver(() => {
    for (const selector of ${JSON.stringify(Object.values(shownBy))})
      if (!(selector in probe.shownMs) && document.querySelector(selector)) {
        probe.shownMs[selector] = Infinity
        painted((now) => void (probe.shownMs[selector] = now))
      }
    if (probe.arrivedMs === null || lastRowOf() <= probe.lastRow) return
    const { arrivedMs } = probe
    probe.arrivedMs = null
    painted((now) => void probe.delaysMs.push(now - arrivedMs))
  }).observe(document, { childList: true, subtree: true })

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
