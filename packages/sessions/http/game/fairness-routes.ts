import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '@innkeeper/protocol/problems'
import type { FairnessDocument } from '@innkeeper/tabletop/dice/fairness-document'
import { toFairnessRoll } from '@innkeeper/tabletop/dice/verify-rolls'
import type { DiceSeeded, RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Context } from 'hono'
import { forPlayers, type PlayerEnv } from '../current-player'
import { jsonAnswer, noStore } from '../route-parts'
import type { GameRoutesOptions } from './combat-routes'
import type { Play } from './play'
import { namedSchema } from './table-schema'
import { eventsBack, type ReadPage } from './whole-log'

const rollsMax = 2_000

const fairnessQuery = z.object({
  seed: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .openapi({ description: 'Number of a seed. Absent: the newest that is public, or else the one in use' }),
  before: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .openapi({ description: 'Only rolls with a smaller `seq`; the `Link` of the page before has it' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(rollsMax)
    .default(rollsMax)
    .openapi({ description: 'The newest so many' }),
})

/** `/api/dice/fairness`: what it takes to verify the dice without trusting this server. */
export function addFairnessRoutes(app: HttpApp, { play, authenticator }: GameRoutesOptions): void {
  const route = createRoute({
    method: 'get',
    path: '/api/dice/fairness',
    tags: ['dice'],
    summary: 'All seeds of the dice, and the rolls of one of them that this player may see',
    description:
      'The server commits to a seed before its first roll, and every face follows from the seed, the number of the roll ' +
      'and its nonce. Once the seed is public, anyone can roll everything again. Of a seed that the game master has ' +
      'disclosed (`POST /api/dice/reseed`) everyone sees all rolls but those that others made for themselves. ' +
      'The newest rolls come; a `Link` with `rel="next"` leads to those before.',
    ...forPlayers(authenticator),
    request: { query: fairnessQuery },
    responses: {
      200: jsonAnswer('What there is to verify', namedSchema<FairnessDocument>('Fairness')),
      ...problemAnswers('validation-failed', 'token-invalid', 'not-found', 'room-not-found'),
    },
  })
  app.openapi(route, async (context) => {
    const { seed: wished, before, limit } = context.req.valid('query')
    const seeds = await seedsOf((wish) => play.history(context, wish))
    const seed = findSeed(seeds, wished)
    const { rolls, next } = seed
      ? await rollsOf(await readerOf(context, { play, seed }), {
          ...{ seed, before, limit },
          uuid: context.get('player').uuid,
        })
      : { rolls: [], next: undefined }
    const link = `</api/dice/fairness?seed=${seed?.number}&before=${next}&limit=${limit}>; rel="next"`
    const headers = next === undefined ? noStore : { ...noStore, link }
    return context.json({ seeds: seeds.map(toSeedEntry), rolls: [...rolls] }, 200, headers)
  })
}

/** A seed, and the stretch of the history in which it was in use. */
interface Seed {
  readonly number: number
  readonly commit: string
  readonly revealed: DiceSeeded['revealed'] | undefined
  readonly from: number
  readonly until: number | undefined
}

/** Oldest first. */
async function seedsOf(read: ReadPage): Promise<readonly Seed[]> {
  const newestFirst: Seed[] = []
  let after: { readonly seq: number; readonly revealed: DiceSeeded['revealed'] } | undefined
  for await (const { seq, name, payload } of eventsBack(read, { names: ['dice.seeded'] })) {
    if (name !== 'dice.seeded') continue
    const { number, commit, revealed } = payload
    newestFirst.push({ number, commit, revealed: after?.revealed, from: seq, until: after?.seq })
    after = { seq, revealed }
  }
  return newestFirst.reverse()
}

function findSeed(seeds: readonly Seed[], wished: number | undefined): Seed | undefined {
  if (wished === undefined) return seeds.findLast(({ revealed }) => revealed) ?? seeds.at(-1)
  const seed = seeds.find(({ number }) => number === wished)
  if (seed === undefined) throw new AppError('not-found', 'The dice have had no such seed')
  return seed
}

function toSeedEntry({ number, commit, revealed }: Seed): FairnessDocument['seeds'][number] {
  return revealed ? { number, commit, seed: revealed.seed, rolls: revealed.rolls } : { number, commit }
}

/** Of a seed that is disclosed everyone reads what its GM reads. */
async function readerOf(
  context: Context<PlayerEnv>,
  { play, seed }: { readonly play: Play; readonly seed: Seed },
): Promise<ReadPage> {
  if (!seed.revealed?.isDisclosed) return (wish) => play.history(context, wish)
  const { table } = await play.see(context)
  const gm = Object.values(table.players).find(
    ({ role, lentUntil }) => role === 'gm' && lentUntil === undefined,
  )
  return gm === undefined
    ? (wish) => play.history(context, wish)
    : (wish) => play.historyAs(context, gm.uuid, wish)
}

interface RollsWish {
  readonly seed: Seed
  readonly before: number | undefined
  readonly limit: number
  /** Who asks. */
  readonly uuid: string
}

interface RollsPage {
  /** Oldest first. */
  readonly rolls: FairnessDocument['rolls']
  readonly next: number | undefined
}

const names = ['dice.rolled', 'character.changed', 'combat.changed']

async function rollsOf(read: ReadPage, wish: RollsWish): Promise<RollsPage> {
  const { seed, before = Infinity, limit, uuid } = wish
  const newestFirst: FairnessDocument['rolls'] = []
  const stretch = { names, after: seed.from, before: finite(Math.min(before, seed.until ?? Infinity)) }
  let last = 0
  for await (const event of eventsBack(read, stretch)) {
    if (newestFirst.length === limit) return { rolls: newestFirst.reverse(), next: last }
    last = event.seq
    const roll = rollIn(event, uuid)
    if (roll) newestFirst.push(roll)
  }
  return { rolls: newestFirst.reverse(), next: undefined }
}

function finite(seq: number): number | undefined {
  return seq === Infinity ? undefined : seq
}

function rollIn(
  { name, payload, by }: RecordedTableEvent,
  uuid: string,
): FairnessDocument['rolls'][number] | null {
  if (name === 'dice.rolled') {
    if ('concealed' in payload || !payload.fair) return null
    // Not even what is disclosed: who rolls for themselves has told nobody.
    if (payload.visibility === 'self' && by !== uuid) return null
    return toFairnessRoll(payload.fair, payload.result)
  }
  if ((name !== 'character.changed' && name !== 'combat.changed') || !payload.draw) return null
  const { seed, roll, nonce, sides, faces } = payload.draw
  return { seed, roll, nonce, sides: [...sides], faces: [...faces] }
}
