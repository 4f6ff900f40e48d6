import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { KeyRing } from '@innkeeper/identity/keys/key-ring'

/** What Prometheus reads, and the counter of answers that feeds it. */
export interface Metrics {
  readonly registry: Registry
  /** Counts an answer and hands it on. */
  counted(response: Response): Response
}

/** @param keyRing  its keys are counted by state, so that a rotation that got stuck is seen */
export function createMetrics(keyRing: KeyRing): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const answers = new Counter({
    name: 'innkeeper_http_answers_total',
    help: 'HTTP answers by status',
    labelNames: ['status'],
    registers: [registry],
  })
  new Gauge({
    name: 'innkeeper_signing_keys',
    help: 'Signing keys by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { state } of keyRing.list()) this.inc({ state })
    },
  })
  return {
    registry,
    counted(response) {
      answers.inc({ status: response.status })
      return response
    },
  }
}
