/** Where a server listens, and what an operator says about it. */
export interface ListeningAt {
  readonly HOST: string
  readonly PUBLIC_URL?: string | undefined
}

/** The address for a browser on this machine, or for everyone when PUBLIC_URL says so; without a closing slash. */
export function publicUrlOf({ HOST, PUBLIC_URL }: ListeningAt, port: number): string {
  if (PUBLIC_URL !== undefined) return PUBLIC_URL
  return `http://${isEverywhere(HOST) ? '127.0.0.1' : hostInUrl(HOST)}:${port}`
}

/** @returns whether a server on this host listens on every network of the machine */
export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** An IPv6 address stands in brackets in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
