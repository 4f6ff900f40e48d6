import { afterAll, beforeAll, describe, expect, it } from 'bun:test'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../../tests/support/start-server'

type Node = Readonly<Record<string, unknown>>

const methods = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head']
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 with a title, a version and this very server', async () => {
    const document = await read('/openapi.json')
    expect(document['openapi']).toStartWith('3.1.')
    expect(document['info']).toMatchObject({ title: 'Innkeeper', version: expect.any(String) })
    expect(document['servers']).toEqual([{ url: server.url }])
  })

  it('has at every path an operation, and at every operation a described answer', async () => {
    const document = await read('/openapi.json')
    expect(Object.keys(toNode(document['paths'])).length).toBeGreaterThan(25)
    for (const [path, item] of Object.entries(toNode(document['paths']))) {
      expect(path).toStartWith('/')
      expect(Object.keys(toNode(item)).filter((key) => methods.includes(key))).not.toBeEmpty()
    }
    for (const { name, operation } of operationsOf(document)) {
      const answers = Object.entries(toNode(operation['responses']))
      expect({ name, answers: answers.length }).not.toEqual({ name, answers: 0 })
      for (const [status, answer] of answers) {
        expect(status).toMatch(/^[1-5]\d\d$/)
        expect(toNode(answer)['description']).toBeString()
      }
    }
  })

  it('declares every parameter that stands in a path', async () => {
    for (const { name, operation, path } of operationsOf(await read('/openapi.json'))) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, parameter]) => parameter)
      const declared = toNodes(operation['parameters']).filter((one) => one['in'] === 'path')
      expect({ name, inPath: declared.map((one) => one['name']) }).toEqual({ name, inPath })
      expect(declared.every((one) => one['required'] === true)).toBe(true)
    }
  })

  it('has no reference that leads nowhere', async () => {
    const document = await read('/openapi.json')
    const references = nodesOf(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
    expect(references).not.toBeEmpty()
    for (const reference of new Set(references)) {
      expect({ reference, found: resolve(document, reference) }).toEqual({
        reference,
        found: expect.anything(),
      })
    }
  })

  it('names only security schemes that exist', async () => {
    const document = await read('/openapi.json')
    const schemes = Object.keys(toNode(toNode(document['components'])['securitySchemes']))
    const used = operationsOf(document).flatMap(({ operation }) =>
      toNodes(operation['security']).flatMap((requirement) => Object.keys(requirement)),
    )
    expect(new Set(used)).toEqual(new Set(schemes))
    expect(schemes.sort()).toEqual(['accessToken', 'identityToken'])
  })

  it('shows only examples that fit their schema', async () => {
    const document = await read('/openapi.json')
    const shown = nodesOf(document).filter((node) => 'example' in node && ('type' in node || '$ref' in node))
    expect(shown.length).toBeGreaterThan(5)
    for (const schema of shown) {
      const { success } = fromSchema(document, schema).safeParse(schema['example'])
      expect({ schema, success }).toEqual({ schema, success: true })
    }
  })

  it('tells of what is answered around every route', async () => {
    for (const { name, method, operation } of operationsOf(await read('/openapi.json'))) {
      const answers = toNode(operation['responses'])
      expect({ name, statuses: Object.keys(answers) }).toEqual({
        name,
        statuses: expect.arrayContaining(method === 'get' ? ['500', '503'] : ['403', '413', '500', '503']),
      })
      if (method !== 'get') expect(toNode(answers['403'])['description']).toContain('`origin-refused`')
      if ('requestBody' in operation) expect(Object.keys(answers)).toContain('415')
    }
  })

  it('tells of health, metrics, problems, and of dice that are refused', async () => {
    const document = await read('/openapi.json')
    const paths = Object.keys(toNode(document['paths']))
    expect(paths).toEqual(expect.arrayContaining(['/healthz', '/readyz', '/metrics', '/problems/{code}']))
    const roll = operationsOf(document).find(({ path }) => path === '/api/dice/roll')
    expect(JSON.stringify(roll?.operation['responses'])).toMatch(/`not-allowed`.*`conflict`/)
  })
})

describe('/docs', () => {
  it('is a page that loads nothing from another host', async () => {
    const { text, status } = await server.call('GET', '/docs')
    expect(status).toBe(200)
    expect(text).not.toMatch(/(src|href)\s*=\s*["']?(https?:)?\/\//i)
    const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
    expect(loaded).not.toBeEmpty()
    for (const address of loaded) expect((await server.call('GET', address)).status).toBe(200)
    const script = await server.call('GET', '/docs/start.js')
    expect(script.text).not.toMatch(/https?:\/\//)
  })
})

async function read(path: string): Promise<Node> {
  const { status, json } = await server.call('GET', path)
  expect(status).toBe(200)
  return toNode(json)
}

function operationsOf(document: Node) {
  return Object.entries(toNode(document['paths'])).flatMap(([path, item]) =>
    Object.entries(toNode(item)).map(([method, operation]) => ({
      name: `${method} ${path}`,
      ...{ path, method, operation: toNode(operation) },
    })),
  )
}

/** Every object in a document, the document itself among them. */
function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (typeof value !== 'object' || value === null) return []
  return [toNode(value), ...Object.values(value).flatMap(nodesOf)]
}

function resolve(document: Node, reference: string): unknown {
  const [start, ...steps] = reference.split('/')
  if (start !== '#') return undefined
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, step) => toNode(node ?? {})[step], document)
}

/** A schema of a document as something that judges. */
function fromSchema(document: Node, schema: Node): z.ZodType {
  const { components = {} } = document
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')
  const $defs = JSON.parse(
    JSON.stringify(toNode(components)['schemas'] ?? {}).replaceAll('#/components/schemas/', '#/$defs/'),
  )
  return z.fromJSONSchema({ ...JSON.parse(text), $defs })
}

function toNode(value: unknown): Node {
  return z.record(z.string(), z.unknown()).parse(value)
}

function toNodes(value: unknown): readonly Node[] {
  return value === undefined ? [] : z.array(z.record(z.string(), z.unknown())).parse(value)
}
