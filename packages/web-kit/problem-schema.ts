import { z } from '@hono/zod-openapi'
import { problems, type ProblemCode } from '@innkeeper/protocol/problems'

const problemSchema = z
  .looseObject({
    type: z.string().openapi({ example: '/problems/token-invalid' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
  })
  .openapi('Problem')

interface ProblemAnswer {
  readonly description: string
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof problemSchema } }
}

/**
 * The `responses` of a route's document for its failures: one entry per status, naming the codes that carry it.
 * It is typed as empty, because a failure is thrown and not returned from a route.
 */
export function problemAnswers(...codes: readonly ProblemCode[]): Record<never, ProblemAnswer> {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, sameStatus]) => {
      const description = sameStatus.map((code) => `\`${code}\`: ${problems[code].title}`).join('. ')
      return [status, { description, content: { 'application/problem+json': { schema: problemSchema } } }]
    }),
  )
}
