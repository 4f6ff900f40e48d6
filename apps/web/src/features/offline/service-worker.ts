import { type PageBuild, PageCache } from './page-cache'

declare const __PAGE_BUILD__: PageBuild

/** The part of a service worker's scope that is used; the compiler knows pages or workers, not both. */
interface WorkerScope extends Pick<EventTarget, 'addEventListener'> {
  readonly clients: { claim(): Promise<void> }
  readonly location: { readonly origin: string }
  skipWaiting(): Promise<void>
}

interface WorkerEvent extends Event {
  readonly request: Request
  readonly data: unknown
  waitUntil(work: Promise<unknown>): void
  respondWith(answer: Promise<Response>): void
}

function parseScope(scope: unknown): WorkerScope {
  return scope as WorkerScope
}

function parseEvent(event: Event): WorkerEvent {
  return event as WorkerEvent
}

const scope = parseScope(self)
const page = new PageCache(__PAGE_BUILD__, {
  caches,
  fetch: (request) => fetch(request),
  origin: scope.location.origin,
})

scope.addEventListener('install', (event) => parseEvent(event).waitUntil(page.keep()))

scope.addEventListener('activate', (event) =>
  parseEvent(event).waitUntil(page.forgetOlder().then(() => scope.clients.claim())),
)

scope.addEventListener('fetch', (event) => {
  const { request } = parseEvent(event)
  const answer = page.answer(request)
  if (answer !== null) parseEvent(event).respondWith(answer)
})

// A new version waits until somebody says so: a page in use is never exchanged under its reader's hands.
scope.addEventListener('message', (event) => {
  if (parseEvent(event).data === 'take-over') parseEvent(event).waitUntil(scope.skipWaiting())
})
