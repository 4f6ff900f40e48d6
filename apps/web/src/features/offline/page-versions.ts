import { workerAddress } from './worker-address'

const lookEveryMs = 60 * 60 * 1_000
/** What a worker keeps is the whole page: it comes after what somebody is waiting to see. */
const afterFirstLookMs = 3_000

/** The versions of the page in this browser: the one that is shown, and the one that waits. */
export interface PageVersions {
  /** Exchanges the page for the version that waits: it loads again. */
  takeOver(): void
}

/**
 * Keeps the page for when there is no server, and hears of new versions. On a page without https there is no service
 * worker, and the page is as any other: nothing is kept, and a reload brings what is new.
 *
 * @param onReady  a new version is here and waits
 */
export async function followVersions(onReady: (versions: PageVersions) => void): Promise<void> {
  const workers = findWorkers()
  if (workers === null) return
  await new Promise((resolve) => setTimeout(resolve, afterFirstLookMs))
  const registration = await workers.register(workerAddress(window), { scope: '/' })
  const tell = (worker: ServiceWorker) => {
    // Without a controller it is the first one, which nobody has to wait for.
    if (workers.controller !== null) onReady({ takeOver: () => takeOver(workers, worker) })
  }
  if (registration.waiting !== null) tell(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') tell(worker)
    })
  })
  // A table stays open for hours. Offline there is nothing new to be heard, and the next look comes by itself.
  setInterval(() => void registration.update().catch(() => {}), lookEveryMs)
}

function findWorkers(): ServiceWorkerContainer | null {
  return 'serviceWorker' in navigator ? navigator.serviceWorker : null
}

function takeOver(workers: ServiceWorkerContainer, worker: ServiceWorker): void {
  // Asked for here alone: other tabs go on with the version that they have.
  workers.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage('take-over')
}
