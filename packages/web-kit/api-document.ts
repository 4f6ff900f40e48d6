import type { ProblemCode } from '@innkeeper/protocol/problems'
import type { HttpApp } from './http-app'
import { problemAnswers } from './problem-schema'

/** What an API is called, and where it is. */
export interface ApiTitle {
  readonly title: string
  readonly description?: string
  readonly url: string
  /** Of everyone who has added routes. */
  readonly manuals: readonly ApiManual[]
}

/** What somebody who adds routes says of them beside their schemas. Tests give every example to a server. */
export interface ApiManual {
  /** What each tag is about. */
  readonly tags: Readonly<Record<string, string>>
  /** By operation, as in `POST /rooms`: a body that it takes. */
  readonly bodies: Readonly<Record<string, unknown>>
  /** By the name of its schema, or by operation where that has no name: an answer. */
  readonly answers: Readonly<Record<string, unknown>>
}

/** An OpenAPI 3.1 document as this module needs to see it. */
type ApiDocument = ReturnType<HttpApp['getOpenAPI31Document']>
type Operation = NonNullable<NonNullable<ApiDocument['paths']>[string]['get']>
type Responses = NonNullable<Operation['responses']>
type Answers = Readonly<Record<string, { readonly description?: string; readonly content?: object }>>

/**
 * The routes of an app as an OpenAPI 3.1 document. What the app answers by itself, before or around every route
 * (a body too large, a page of another origin, a failure of ours), stands at each of them beside the route's own.
 */
export function createApiDocument(app: HttpApp, { title, description, url, manuals }: ApiTitle): ApiDocument {
  const manual = joined(manuals)
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      ...(description === undefined ? {} : { description }),
    },
    servers: [{ url }],
  })
  const operations = operationsOf(document)
  const examples: Examples = {}
  for (const named of operations) {
    const { method, path, operation } = named
    operation.operationId = toOperationId(method, path)
    // Said in so many words: whoever reads the document need not guess whether a token was forgotten.
    operation.security ??= []
    operation.responses = withCommonProblems(operation, commonProblems(method, operation))
    Object.assign(examples, addExamples(named, manual))
  }
  const used = new Set(operations.flatMap(({ operation }) => operation.tags ?? []))
  const tags = Object.entries(manual.tags).filter(([name]) => used.has(name))
  return {
    ...document,
    tags: tags.map(([name, about]) => ({ name, description: about })),
    components: { ...document.components, examples },
  }
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
type Method = (typeof methods)[number]

interface NamedOperation {
  /** As in `POST /rooms`. */
  readonly name: string
  readonly method: Method
  readonly path: string
  readonly operation: Operation
}

function operationsOf({ paths = {} }: ApiDocument): readonly NamedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ name: `${method.toUpperCase()} ${path}`, method, path, operation }] : []
    }),
  )
}

function joined(manuals: readonly ApiManual[]): ApiManual {
  return {
    tags: merged(manuals.map(({ tags }) => tags)),
    bodies: merged(manuals.map(({ bodies }) => bodies)),
    answers: merged(manuals.map(({ answers }) => answers)),
  }
}

function merged<Value>(records: readonly Readonly<Record<string, Value>>[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)))
}

/** `POST /rooms/{roomId}/rotate-key` is `postRoomsRoomIdRotateKey`: as stable as the address itself. */
function toOperationId(method: Method, path: string): string {
  const words = path.match(/[a-z0-9]+/gi) ?? []
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

type Examples = Record<string, { readonly value: unknown }>

interface MediaType {
  readonly schema?: { readonly $ref?: string }
  example?: unknown
  examples?: Readonly<Record<string, { readonly $ref: string }>>
}

/** @returns the examples that answers refer to: many routes answer alike */
function addExamples({ name, operation }: NamedOperation, { bodies, answers }: ApiManual): Examples {
  const shared: Examples = {}
  for (const media of mediaTypesOf(operation.requestBody))
    if (Object.hasOwn(bodies, name)) media.example = bodies[name]
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    if (!status.startsWith('2')) continue
    for (const media of mediaTypesOf(response)) {
      const schema = media.schema?.$ref?.split('/').at(-1)
      if (Object.hasOwn(answers, name)) media.example = answers[name]
      else if (schema !== undefined && Object.hasOwn(answers, schema)) {
        shared[schema] = { value: answers[schema] }
        media.examples = { example: { $ref: `#/components/examples/${schema}` } }
      }
    }
  }
  return shared
}

function mediaTypesOf(content: unknown): readonly MediaType[] {
  return Object.values(parseContent(content)?.content ?? {})
}

/** A body or an answer of a document that was just made: some have no content. */
function parseContent(value: unknown) {
  return value as { readonly content?: Readonly<Record<string, MediaType>> } | undefined
}

function commonProblems(method: Method, operation: Operation): readonly ProblemCode[] {
  const always = ['bad-request', 'unavailable', 'server-error'] as const
  if (method === 'get') return always
  const ofBody = operation.requestBody === undefined ? [] : (['unsupported-media-type'] as const)
  return [...always, 'origin-refused', 'too-large', ...ofBody]
}

function withCommonProblems(operation: Operation, codes: readonly ProblemCode[]): Responses {
  const own: Answers = operation.responses ?? {}
  const common: Answers = problemAnswers(...codes)
  const merged = Object.entries(common).map(([status, answer]) => {
    const known = own[status]
    if (known === undefined) return [status, { ...answer, content: problemContent }] as const
    const { description = '', content = {} } = known
    // A 503 of /readyz is its answer and no problem.
    const isComplete = !(problemType in content) || description.includes(answer.description ?? '')
    return [
      status,
      isComplete ? known : { ...known, description: `${description}. ${answer.description ?? ''}` },
    ] as const
  })
  return { ...own, ...Object.fromEntries(merged) }
}

/** As the document refers to it; the routes' own problems have brought the schema in. */
const problemType = 'application/problem+json'
const problemContent = {
  [problemType]: { schema: { $ref: '#/components/schemas/Problem' } },
}
