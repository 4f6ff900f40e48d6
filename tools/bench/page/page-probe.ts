/**
 * Runs in the page before any of its scripts, and keeps two clocks: when something first was on the screen, and how long
 * an event took from its arrival at the socket to the frame after its row was in the log. A frame that follows another
 * has painted what that one was about to: hence two of them.
 */
export const pageProbe = `(() => {
  const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())))
  const probe = { shownMs: {}, longTaskEndMs: 0, delaysMs: [], arrivedMs: null, lastRow: -1 }
  window.benchProbe = probe
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) probe.longTaskEndMs = startTime + duration
  }).observe({ type: 'longtask', buffered: true })

  const lastRowOf = () => Number([...document.querySelectorAll('ol > li[data-index]')].at(-1)?.dataset.index ?? -1)
  new MutationObserver(() => {
    for (const selector of ['form button[type=submit]', 'main > *', 'ol > li[data-index]'])
      if (!(selector in probe.shownMs) && document.querySelector(selector)) {
        probe.shownMs[selector] = Infinity
        painted((now) => void (probe.shownMs[selector] = now))
      }
    const row = lastRowOf()
    if (row <= probe.lastRow || probe.arrivedMs === null) return
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
