import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import type { HeldRole, Recorded, RoomType } from '../room-type'
import { lendingRoom } from './lending-room'
import { lawOf, roomLaw, type RoomLawOptions } from './room-law'

/** A game of whispers: what is said is for everyone, for a role, or for one player. */
interface Whisper {
  readonly name: 'said'
  readonly payload: { readonly to: 'everyone' | 'keepers' | 'self'; readonly text: string }
}
interface Whispers {
  readonly secret: string
  readonly heard: readonly { readonly by: string; readonly to: string; readonly text: string }[]
}
type WhisperRoom = RoomType<Whispers, Whisper['payload'], Whisper, null>

const hears = (
  event: { by: string; payload: Whisper['payload'] },
  viewer: { uuid: string; role: string },
): boolean =>
  event.payload.to === 'everyone' ||
  (event.payload.to === 'self' ? event.by === viewer.uuid : viewer.role === 'keeper')

const honest: WhisperRoom = {
  name: 'whispers',
  journal: 'durable',
  roles: ['guest', 'keeper'],
  finestAudience: 'player',
  maxPayloadBytes: 1_000,
  parseOptions: () => ({ options: null }),
  parseCommand(name, payload) {
    const isKnown = name === 'everyone' || name === 'keepers' || name === 'self'
    if (!isKnown || typeof payload !== 'string') return { refused: 'bad-request', detail: 'Say something' }
    return { command: { to: name, text: payload } }
  },
  open: () => ({ secret: '', heard: [] }),
  admit: (_state, { role }) => ({ role: role === 'keeper' ? 'keeper' : 'guest', events: [] }),
  decide: (_state, _by, payload) => ({ events: [{ name: 'said', payload }] }),
  evolve: (state, { by, payload }) => ({ ...state, heard: [...state.heard, { by, ...payload }] }),
  view: ({ heard }, viewer) => ({
    secret: '',
    heard: heard.filter(({ by, to, text }) => hears({ by, payload: { to: to as 'self', text } }, viewer)),
  }),
  viewEvent: (event, viewer) => (hears(event, viewer) ? event : null),
  audienceOf: ({ payload }) =>
    payload.to === 'everyone' ? 'everyone' : payload.to === 'keepers' ? 'role' : 'player',
}

const trial: RoomLawOptions = {
  options: fc.constant(undefined),
  players: fc.constant([
    { uuid: 'frodo', nick: 'Frodo' },
    { uuid: 'barliman', nick: 'Barliman', role: 'keeper' },
    { uuid: 'frodo', nick: 'Underhill', role: 'keeper' },
  ]),
  commands: fc.array(
    fc.record({
      name: fc.constantFrom('everyone', 'keepers', 'self', 'shout'),
      payload: fc.oneof(fc.string(), fc.constant(7)),
    }),
    { minLength: 1, maxLength: 10 },
  ),
}

roomLaw(honest, trial)

const lending: RoomLawOptions = {
  options: fc.constant(null),
  players: fc.constant([
    { uuid: 'barliman', nick: 'Barliman', role: 'keeper' },
    { uuid: 'frodo', nick: 'Frodo' },
    { uuid: 'sam', nick: 'Sam' },
  ]),
  commands: fc.array(
    fc.oneof(
      fc.record({ name: fc.constant('note'), payload: fc.string() }),
      fc.record({
        name: fc.constant('lend'),
        payload: fc.record({ to: fc.constantFrom('frodo', 'sam', 'nobody'), forMs: fc.nat(20_000) }),
      }),
    ),
    { minLength: 4, maxLength: 12 },
  ),
}

roomLaw(lendingRoom, lending)

const folding = /folded over/
const audiences = /same to all of its audience/
const json = /are JSON/
const replay = /rebuild the state/
const parsing = /parseCommand/

const broken: readonly (readonly [string, RegExp, Partial<WhisperRoom>])[] = [
  ['shows in its view what it hides in its events', folding, { view: (state) => state }],
  ['hides in its view what it shows in its events', folding, { view: () => ({ secret: '', heard: [] }) }],
  ['tells a secret to whoever enters later', folding, { evolve: withSecret }],
  ['moves the seq of what it shows', folding, { viewEvent: (event) => ({ ...event, seq: event.seq + 1 }) }],
  ['takes a whisper for everyone’s', audiences, { audienceOf: () => 'everyone' }],
  ['takes a player’s own for their role’s', audiences, { audienceOf: () => 'role' }],
  ['has a finer audience than it says', audiences, { finestAudience: 'role' }],
  ['changes the state that it is handed', folding, { evolve: mutating }],
  ['changes the command that it is handed', folding, { decide: mutatingCommand }],
  [
    'keeps what is not JSON',
    json,
    { evolve: (state) => ({ ...state, secret: undefined as unknown as string }) },
  ],
  ['counts what is no event', replay, { evolve: byCalls() }],
  ['gives a role that it does not list', folding, { admit: () => ({ role: 'cook', events: [] }) }],
  [
    'refuses with a code that nobody knows',
    folding,
    { decide: () => ({ refused: 'nope' as 'conflict', detail: 'No' }) },
  ],
  [
    'trips over a payload',
    parsing,
    {
      parseCommand: (_name, payload) => ({
        command: { to: 'self', text: String((payload as string).length) },
      }),
    },
  ],
]

type Lending = typeof lendingRoom

const brokenLending: readonly (readonly [string, RegExp, Partial<Lending>])[] = [
  [
    'gives a role and does not say when it changed',
    /names the event/,
    { roleOf: (...asked) => withSince(lendingRoom.roleOf?.(...asked), 1) },
  ],
  [
    'forgets whoever it took a role from',
    /names the event/,
    { roleOf: ({ loan }, uuid) => (loan?.to === uuid ? { role: 'keeper', since: 1 } : undefined) },
  ],
  ['gives a role that admit does not know of', folding, { roleOf: () => ({ role: 'guest', since: 0 }) }],
  [
    'ends one and the same thing again and again',
    folding,
    { elapse: () => [{ name: 'returned', payload: { to: 'sam' } }] },
  ],
]

function withSince(held: HeldRole | undefined, since: number): HeldRole | undefined {
  return held && { ...held, since }
}

describe('the law of rooms bites', () => {
  it.each(brokenLending)('a type with roles of its own that %s', (_what, sentence, change) => {
    const [, check] =
      Object.entries(lawOf({ ...lendingRoom, ...change }, lending)).find(([name]) => sentence.test(name)) ??
      []
    if (!check) throw new Error('There is no such sentence')
    expect(check).toThrow('Property failed')
  })

  it.each(broken)('a type that %s', (_what, sentence, change) => {
    const [, check] =
      Object.entries(lawOf({ ...honest, ...change }, trial)).find(([name]) => sentence.test(name)) ?? []
    if (!check) throw new Error('There is no such sentence')
    expect(check).toThrow('Property failed')
  })
})

function withSecret(state: Whispers, { by, payload }: Recorded<Whisper>): Whispers {
  const heard = [...state.heard, { by, ...payload }]
  return {
    secret: state.secret,
    heard: heard.map((each) => ({ ...each, text: `${each.text}${heard.length}` })),
  }
}

function mutating(state: Whispers, { by, payload }: Recorded<Whisper>): Whispers {
  const heard = state.heard as { by: string; to: string; text: string }[]
  heard.push({ by, ...payload })
  return state
}

function mutatingCommand(
  ...[, , command]: Parameters<WhisperRoom['decide']>
): ReturnType<WhisperRoom['decide']> {
  const payload = command as { to: 'self'; text: string }
  payload.text = 'changed'
  return { events: [{ name: 'said', payload }] }
}

function byCalls(): WhisperRoom['evolve'] {
  let calls = 0
  return (state) => ({ ...state, secret: String((calls += 1)) })
}
