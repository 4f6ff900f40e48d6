import { isPagePath } from './page-paths'

/** One build of the page: all of its files, by their addresses. */
export interface PageBuild {
  /** Changes with the content of any file. */
  readonly version: string
  readonly files: readonly string[]
}

/** What keeping a page takes from the browser. */
export interface PageCachePorts {
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete' | 'match'>
  fetch(request: Request): Promise<Response>
  readonly origin: string
}

const prefix = 'innkeeper-page-'

/**
 * The page, kept whole so that it opens without the server. Only what is listed in the build is ever kept or answered:
 * whatever the server says about tables and accounts passes by untouched.
 */
export class PageCache {
  readonly #build: PageBuild
  readonly #ports: PageCachePorts

  constructor(build: PageBuild, ports: PageCachePorts) {
    this.#build = build
    this.#ports = ports
  }

  /** Fetches every file. @throws TypeError when one cannot be had; then nothing is kept */
  async keep(): Promise<void> {
    const { caches, origin } = this.#ports
    const name = prefix + this.#build.version
    const isThere = (await caches.keys()).includes(name)
    const cache = await caches.open(name)
    try {
      await cache.addAll(
        this.#build.files.map((path) => new Request(origin + path, { cache: cacheModeOf(path) })),
      )
    } catch (error) {
      // An empty one would be taken for the build before, and that one be forgotten.
      if (!isThere) await caches.delete(name)
      throw error
    }
  }

  /** Forgets older builds but the one before: a tab that still shows it loads the rest of its parts from there. */
  async forgetOlder(): Promise<void> {
    const { caches } = this.#ports
    const current = prefix + this.#build.version
    const older = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current)
    await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)))
  }

  /** @returns the answer, or null for a request that is none of the page's */
  answer(request: Request): Promise<Response> | null {
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.origin !== this.#ports.origin) return null
    if (request.mode === 'navigate') return isPagePath(url.pathname) ? this.#answerWith('/', request) : null
    const isKept = url.pathname.startsWith('/assets/') || this.#build.files.includes(url.pathname)
    return isKept ? this.#answerWith(url.pathname, request) : null
  }

  async #answerWith(path: string, request: Request): Promise<Response> {
    const { caches, fetch, origin } = this.#ports
    const own = await (await caches.open(prefix + this.#build.version)).match(origin + path)
    return own ?? (await caches.match(origin + path)) ?? (await fetch(request))
  }
}

/** What has a hash in its name never changes; anything else may be older in the browser's own cache. */
function cacheModeOf(path: string): RequestCache {
  return path.startsWith('/assets/') ? 'default' : 'no-cache'
}
