import { createRoute, z } from '@hono/zod-openapi'
import type { HttpApp } from './http-app'

/** What has to answer before a service may be asked for anything. */
export interface Readiness {
  /** By name; each resolves to whether that part answers. */
  readonly checks: Readonly<Record<string, () => Promise<boolean>>>
  /** A service that is going away is not ready; absent, it never says so. */
  readonly isDraining?: () => boolean
}

/** What Prometheus reads; a `Registry` of prom-client fits. */
export interface MetricsText {
  readonly contentType: string
  metrics(): Promise<string>
}

const tags = ['operations']
const health = z.object({ status: z.literal('ok') }).openapi('Health')
const readiness = z
  .object({
    status: z.enum(['ready', 'not ready', 'draining']),
    checks: z.record(z.string(), z.enum(['ok', 'down'])),
  })
  .openapi('Readiness', { example: { status: 'ready', checks: { database: 'ok' } } })

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'The process lives',
  responses: { 200: { description: 'It does', content: { 'application/json': { schema: health } } } },
})

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'It can serve: what it stands on answers, and it is not going away',
  responses: {
    200: { description: 'It can', content: { 'application/json': { schema: readiness } } },
    503: { description: 'It cannot now', content: { 'application/json': { schema: readiness } } },
  },
})

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Measurements for Prometheus',
  responses: { 200: { description: 'As text', content: { 'text/plain': { schema: z.string() } } } },
})

/** /healthz (the process lives), /readyz (it can serve), /metrics (Prometheus). */
export function addOperationRoutes(
  app: HttpApp,
  { checks, isDraining = () => false }: Readiness,
  metrics: MetricsText,
): void {
  app.openapi(healthRoute, (context) => context.json({ status: 'ok' as const }, 200))
  app.openapi(readyRoute, async (context) => {
    const answers = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, (await check()) ? 'ok' : 'down'] as const),
    )
    const answered = Object.fromEntries(answers)
    if (isDraining()) return context.json({ status: 'draining' as const, checks: answered }, 503)
    const isReady = answers.every(([, answer]) => answer === 'ok')
    if (!isReady) return context.json({ status: 'not ready' as const, checks: answered }, 503)
    return context.json({ status: 'ready' as const, checks: answered }, 200)
  })
  app.openapi(metricsRoute, async (context) =>
    context.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType }),
  )
}
