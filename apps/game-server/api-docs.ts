import { fileURLToPath } from 'node:url'
import { roomsManual } from '@innkeeper/rooms/http/manual'
import { sessionsManual } from '@innkeeper/sessions/http/manual'
import { createApiDocument, type ApiManual } from '@innkeeper/web-kit/api-document'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { operationsManual } from '@innkeeper/web-kit/operations-manual'
import { addProblemPages } from '@innkeeper/web-kit/problem-pages'
import { registerIdentityToken } from '@innkeeper/web-kit/security-schemes'
import { asyncApiDocument } from './async-api'

const docsPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Innkeeper API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`
const docsScript = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null })\n`
const assets = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const

/** Where the server is reached, and what has added routes beside rooms and tables. */
export interface ApiDocsOptions {
  readonly url: string
  readonly manuals: readonly ApiManual[]
}

/** /openapi.json, /asyncapi.json, a readable page at /docs (from disk, nothing from a CDN), /problems/<code>. */
export function addApiDocs(app: HttpApp, options: ApiDocsOptions): void {
  registerIdentityToken(app)
  addProblemPages(app)
  const openApi = lazily(() => openApiDocument(app, options))
  const asyncApi = lazily(() => asyncApiDocument(options.url))
  app.get('/openapi.json', (context) => context.json(openApi()))
  app.get('/asyncapi.json', (context) => context.json(asyncApi()))
  app.get('/docs', (context) => context.html(docsPage))
  app.get('/docs/start.js', (context) =>
    context.body(docsScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  for (const asset of assets) {
    const file = fileURLToPath(import.meta.resolve(`swagger-ui-dist/${asset}`))
    app.get(`/docs/${asset}`, () => new Response(Bun.file(file)))
  }
}

function openApiDocument(app: HttpApp, { url, manuals }: ApiDocsOptions): object {
  return createApiDocument(app, {
    url,
    manuals: [...manuals, roomsManual, sessionsManual(), operationsManual],
    title: 'Innkeeper',
    description:
      'The front desk for multiplayer games, and the table behind it. Sockets are described at /asyncapi.json.',
  })
}

function lazily<Value>(create: () => Value): () => Value {
  const made: { value?: Value } = {}
  return () => (made.value ??= create())
}
