/** Which web pages may talk to us. */
export interface Origins {
  /** @param origin  the `Origin` header exactly as sent; `null` and anything else that is not listed is refused */
  allows(origin: string): boolean
}

/** @param listed  origins in their exact form (`https://play.example`), or URLs of which the origin is meant */
export function createOrigins(listed: readonly string[]): Origins {
  const known = new Set(listed.map((entry) => new URL(entry).origin))
  return { allows: (origin) => known.has(origin) }
}

const allowedMethods = 'GET, POST, PATCH, PUT, DELETE'
const allowedHeaders = 'authorization, content-type, idempotency-key, tokenjwt, x-request-id'
const exposedHeaders = 'retry-after, x-request-id'

/** The answer to a browser's preflight from an allowed origin; it holds for ten minutes. */
export function preflightResponse(origin: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': allowedMethods,
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '600',
      vary: 'Origin',
    },
  })
}

/** Lets a page of `origin` read this answer. */
export function withCors(response: Response, origin: string): Response {
  response.headers.set('access-control-allow-origin', origin)
  response.headers.set('access-control-expose-headers', exposedHeaders)
  response.headers.append('vary', 'Origin')
  return response
}
