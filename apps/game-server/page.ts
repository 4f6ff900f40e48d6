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
  // Vue's own, and the page's, which names the service worker and no other script.
  'trusted-types innkeeper vue',
].join('; ')

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
  vary: 'accept-encoding',
}
const assetHeaders = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'public, max-age=31536000, immutable',
  vary: 'accept-encoding',
}

/** Bun knows every other type by the name. */
const manifestType = { 'content-type': 'application/manifest+json' }

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
    const zipped = takesGzip(context.req.header('accept-encoding')) && (await findFile(folder, `${path}.gz`))
    if (file && zipped)
      return new Response(zipped, { headers: { ...headersOf(path), ...zippedHeaders(file) } })
    if (file) return new Response(file, { headers: headersOf(path) })
    if (!(context.req.header('accept') ?? '').includes('text/html')) throw new AppError('not-found')
    return new Response(Bun.file(join(folder, 'index.html')), { headers: pageHeaders })
  })
}

/** A name with a hash in it stands for one content. The rest is asked for anew: the service worker above all. */
function headersOf(path: string): Record<string, string> {
  if (path.startsWith('/assets/')) return assetHeaders
  return path.endsWith('.webmanifest') ? { ...pageHeaders, ...manifestType } : pageHeaders
}

function takesGzip(acceptEncoding = ''): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(acceptEncoding)
}

function zippedHeaders({ type }: { readonly type: string }): Record<string, string> {
  return { 'content-type': type, 'content-encoding': 'gzip' }
}

async function findFile(folder: string, path: string): Promise<ReturnType<typeof Bun.file> | undefined> {
  if (path === '/') return Bun.file(join(folder, 'index.html'))
  const wanted = normalize(join(folder, path))
  // `normalize` has resolved every `..`: what is left outside of the folder is not ours to give.
  if (!wanted.startsWith(folder + '/') || path.includes('\0')) return undefined
  const file = Bun.file(wanted)
  return (await file.exists()) ? file : undefined
}
