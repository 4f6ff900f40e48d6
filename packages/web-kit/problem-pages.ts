import { createRoute, z } from '@hono/zod-openapi'
import { AppError, problems, type ProblemCode } from '@innkeeper/protocol/problems'
import type { HttpApp } from './http-app'
import { problemAnswers } from './problem-schema'

const kind = z.object({ type: z.string(), status: z.int(), title: z.string() }).openapi('ProblemKind', {
  example: { type: '/problems/room-full', status: 409, title: problems['room-full'].title },
})

const route = createRoute({
  method: 'get',
  path: '/problems/{code}',
  tags: ['problems'],
  summary: 'What the `type` of a problem leads to',
  request: { params: z.object({ code: z.string().openapi({ example: 'room-full' }) }) },
  responses: {
    200: { description: 'The kind of problem', content: { 'application/json': { schema: kind } } },
    ...problemAnswers('not-found'),
  },
})

/** /problems/<code>: what the `type` of every problem leads to. */
export function addProblemPages(app: HttpApp): void {
  app.openapi(route, (context) => {
    const { code } = context.req.valid('param')
    if (!isProblemCode(code)) throw new AppError('not-found')
    return context.json({ type: `/problems/${code}`, ...problems[code] }, 200)
  })
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}
