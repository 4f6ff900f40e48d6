const address = '/sw.js'

/** The part of `window.trustedTypes` that is used. */
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string }
}

/**
 * The page's policy asks for Trusted Types, under which a plain text starts no script. This is the one that may: the
 * policy named `innkeeper` passes the service worker's address and nothing else.
 *
 * @param host  `window`; it knows no Trusted Types in some browsers
 * @returns what `navigator.serviceWorker.register` takes
 */
export function workerAddress(host: object): string {
  if (!('trustedTypes' in host)) return address
  const policy = parseFactory(host.trustedTypes).createPolicy('innkeeper', {
    createScriptURL(url) {
      if (url !== address) throw new TypeError('This is no script of ours')
      return url
    },
  })
  return policy.createScriptURL(address)
}

function parseFactory(factory: unknown): PolicyFactory {
  return factory as PolicyFactory
}
