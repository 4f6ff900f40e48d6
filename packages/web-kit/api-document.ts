import type { ProblemCode } from '@innkeeper/protocol/problems'
import type { HttpApp } from './http-app'
import { problemAnswers } from './problem-schema'

/** What an API is called, and where it is. */
export interface ApiTitle {
  readonly title: string
  readonly description?: string
  readonly url: string
}

/** An OpenAPI 3.1 document as this module needs to see it. */
type ApiDocument = ReturnType<HttpApp['getOpenAPI31Document']>
type Operation = NonNullable<NonNullable<ApiDocument['paths']>[string]['get']>
type Responses = NonNullable<Operation['responses']>
type Answers = Readonly<Record<string, { readonly description?: string; readonly content?: object }>>

const unsafeMethods = ['post', 'put', 'patch', 'delete'] as const

/**
 * The routes of an app as an OpenAPI 3.1 document. What the app answers by itself, before or around every route
 * (a body too large, a page of another origin, a failure of ours), stands at each of them beside the route's own.
 */
export function createApiDocument(app: HttpApp, { title, description, url }: ApiTitle): ApiDocument {
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
  for (const item of Object.values(document.paths ?? {})) {
    if (item.get) item.get.responses = withCommonProblems(item.get, ['unavailable', 'server-error'])
    for (const method of unsafeMethods) {
      const operation = item[method]
      if (operation) operation.responses = withCommonProblems(operation, commonProblems(operation))
    }
  }
  return document
}

function commonProblems(operation: Operation): readonly ProblemCode[] {
  const ofBody = operation.requestBody === undefined ? [] : (['unsupported-media-type'] as const)
  return ['origin-refused', 'too-large', ...ofBody, 'unavailable', 'server-error']
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
