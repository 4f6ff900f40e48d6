import { join, normalize } from 'node:path'
import { AppError } from '@innkeeper/protocol/problems'
import type { HttpApp } from '@innkeeper/web-kit/http-app'

/** The page loads nothing from elsewhere, and nothing that it shows can become a script. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
}
const assetHeaders = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'public, max-age=31536000, immutable',
}

/**
 * Serves the built page. Every other address that a browser opens is the page too (`/j/<code>`, `/table`): its router
 * knows them. Add it last.
 *
 * @param folder  where the build is; absolute
 */
export function addPage(app: HttpApp, folder: string): void {
  app.get('*', async (context) => {
    const { path } = context.req
    const file = await findFile(folder, path)
    if (file) return new Response(file, { headers: path.startsWith('/assets/') ? assetHeaders : pageHeaders })
    if (!(context.req.header('accept') ?? '').includes('text/html')) throw new AppError('not-found')
    return new Response(Bun.file(join(folder, 'index.html')), { headers: pageHeaders })
  })
}

async function findFile(folder: string, path: string): Promise<ReturnType<typeof Bun.file> | undefined> {
  if (path === '/') return Bun.file(join(folder, 'index.html'))
  const wanted = normalize(join(folder, path))
  // `normalize` has resolved every `..`: what is left outside of the folder is not ours to give.
  if (!wanted.startsWith(folder + '/') || path.includes('\0')) return undefined
  const file = Bun.file(wanted)
  return (await file.exists()) ? file : undefined
}
