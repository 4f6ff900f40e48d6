import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { validator } from 'hono/validator'
import { z } from 'zod'
import { announce, followParent } from './ready.mjs'

/** The answer has the size of ours, so that both send the same bytes. */
const answerBytes = Number(process.env.BENCH_ANSWER_BYTES ?? 700)

// The shape alone: three base64url segments of at most 4,096 characters. No signature is looked at.
const headers = z.object({
  tokenjwt: z
    .string()
    .max(4096)
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
})
const params = z.object({ roomId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })

function checked<Schema extends z.ZodType>(schema: Schema) {
  return (value: unknown): z.output<Schema> => {
    const result = schema.safeParse(value)
    if (!result.success) throw new HTTPException(400)
    return result.data
  }
}

function answer(roomId: string) {
  const body = {
    ticket: '',
    url: `ws://127.0.0.1/enterRoom/${roomId}`,
    expiresIn: 1800,
    player: { uuid: '', nick: '' },
  }
  const missing = answerBytes - JSON.stringify(body).length
  return { ...body, ticket: 't'.repeat(Math.max(0, missing)) }
}

const app = new Hono().post(
  '/getTicket/:roomId',
  validator('header', checked(headers)),
  validator('param', checked(params)),
  (context) => context.json(answer(context.req.valid('param').roomId)),
)

const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: app.fetch })
followParent()
announce({ port: Number(server.port), rooms: ['room-0'] })
