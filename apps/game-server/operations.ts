import type { HttpApp } from '@innkeeper/web-kit/http-app'
import type { Registry } from 'prom-client'

/** What has to answer before this node may take players. */
export interface Readiness {
  /** By name; each resolves to whether that part answers. */
  readonly checks: Readonly<Record<string, () => Promise<boolean>>>
  /** A node that is going away is not ready. */
  readonly isDraining: () => boolean
}

/** /healthz (the process lives), /readyz (it can serve), /metrics (Prometheus). */
export function addOperationRoutes(app: HttpApp, readiness: Readiness, registry: Registry): void {
  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  app.get('/readyz', async (context) => {
    const names = Object.keys(readiness.checks)
    const answers = await Promise.all(Object.values(readiness.checks).map((check) => check()))
    const checks = Object.fromEntries(names.map((name, index) => [name, answers[index] === true ? 'ok' : 'down']))
    const isReady = !readiness.isDraining() && answers.every(Boolean)
    return context.json({ status: readiness.isDraining() ? 'draining' : isReady ? 'ready' : 'not ready', checks }, isReady ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    return context.body(await registry.metrics(), 200, { 'content-type': registry.contentType })
  })
}
