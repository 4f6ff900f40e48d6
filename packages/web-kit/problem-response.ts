import { toProblem, type AppError } from '@innkeeper/protocol/problems'

/**
 * The answer for an expected failure: `application/problem+json` (RFC 9457), never cached, with the request's id in
 * `instance` and `x-request-id`. A 401 says `WWW-Authenticate`, a 405 `Allow` (extra `allowed`); `retryAfterSeconds`
 * becomes `Retry-After`.
 */
export function problemResponse(error: AppError, requestId: string): Response {
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  })
  if (error.status === 401) headers.set('www-authenticate', challengeFor(error))
  const { retryAfterSeconds, allowed } = error.extras
  if (error.status === 405 && Array.isArray(allowed)) headers.set('allow', allowed.join(', '))
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterSeconds)))
  const body = JSON.stringify(toProblem(error, `urn:request:${requestId}`))
  return new Response(body, { status: error.status, headers })
}

function challengeFor(error: AppError): string {
  return error.code === 'token-invalid' ? 'Bearer error="invalid_token"' : 'Bearer'
}
