import { fileURLToPath } from 'node:url'
import { AppError, problems, type ProblemCode } from '@innkeeper/protocol/problems'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
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

/** /openapi.json, /asyncapi.json, a readable page at /docs (from disk, nothing from a CDN), /problems/<code>. */
export function addApiDocs(app: HttpApp, publicUrl: string): void {
  const openApi = lazily(() => openApiDocument(app, publicUrl))
  const asyncApi = lazily(() => asyncApiDocument(publicUrl))
  app.get('/openapi.json', (context) => context.json(openApi()))
  app.get('/asyncapi.json', (context) => context.json(asyncApi()))
  app.get('/docs', (context) => context.html(docsPage))
  app.get('/docs/start.js', (context) => context.body(docsScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  for (const asset of assets) {
    const file = fileURLToPath(import.meta.resolve(`swagger-ui-dist/${asset}`))
    app.get(`/docs/${asset}`, () => new Response(Bun.file(file)))
  }
  app.get('/problems/:code', (context) => {
    const code = context.req.param('code')
    if (!isProblemCode(code)) throw new AppError('not-found')
    return context.json({ type: `/problems/${code}`, ...problems[code] })
  })
}

function openApiDocument(app: HttpApp, publicUrl: string): object {
  app.openAPIRegistry.registerComponent('securitySchemes', 'identityToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An identity token, also accepted in the header `tokenJwt`',
  })
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Innkeeper',
      version: '1',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description: 'The front desk for multiplayer games, and the table behind it. Sockets are described at /asyncapi.json.',
    },
    servers: [{ url: publicUrl }],
  })
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}

function lazily<Value>(create: () => Value): () => Value {
  const made: { value?: Value } = {}
  return () => (made.value ??= create())
}
