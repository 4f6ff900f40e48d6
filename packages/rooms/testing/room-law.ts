import { problems } from '@innkeeper/protocol/problems'
import type { Random } from '@innkeeper/protocol/tools'
import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import {
  innkeeper,
  isRefusal,
  type Audience,
  type Player,
  type Recorded,
  type RoomEvent,
  type RoomType,
  type Viewer,
} from '../room-type'

/** A command as a client sends it, valid or not. */
export interface RawCommand {
  readonly name: string
  readonly payload: unknown
}

/** What the law is tried with. */
export interface RoomLawOptions {
  /** Options that `parseOptions` takes. */
  readonly options: fc.Arbitrary<unknown>
  /** Who comes, at least one. The same uuid may be there in several roles and under several nicks. */
  readonly players: fc.Arbitrary<readonly Player[]>
  /** What is sent, by anyone of them: commands of every kind, some that are refused, some that are not understood. */
  readonly commands: fc.Arbitrary<readonly RawCommand[]>
  /** How many stories each sentence of the law is tried on: 100. */
  readonly runs?: number
}

/** Long enough for whatever ends by itself. */
const longestPauseMs = 24 * 60 * 60 * 1_000

/** A room's life from its opening: `states[n]` is the state after `events[n - 1]`. */
interface Story {
  readonly states: readonly unknown[]
  readonly events: readonly Recorded<RoomEvent>[]
  readonly viewers: readonly Viewer[]
  readonly chance: Chance
}

/** @returns an integer from 0 up to, not including, `bound`; always the same ones for the same story */
type Chance = (bound: number) => number

/**
 * Tries the promises of a room type (see `RoomType`) on random stories: any number of players come in any role, come
 * again, and send whatever they like.
 */
export function roomLaw(type: RoomType, options: RoomLawOptions): void {
  describe(`the law of rooms, kept by ${type.name}`, () => {
    for (const [sentence, check] of Object.entries(lawOf(type, options))) it(sentence, check, 120_000)
  })
}

/** The sentences of the law, for a test that wants to see one of them broken: each throws where it is. */
export function lawOf(type: RoomType, options: RoomLawOptions): Readonly<Record<string, () => void>> {
  const parts = fc.record({
    options: options.options,
    players: options.players,
    // As they come off the wire: JSON knows no -0.
    commands: options.commands.map((list) => parseWire(list)),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  })
  const runs = { numRuns: options.runs ?? 100 }
  const ofEveryStory = (check: (type: RoomType, story: Story) => void) => () =>
    fc.assert(
      fc.property(parts, (each) => check(type, tell(type, each))),
      runs,
    )
  return {
    'what a viewer was sent, folded over what they were welcomed with, is what they would be welcomed with now':
      ofEveryStory(checkFolding),
    'an event looks the same to all of its audience, and no audience is finer than the type says':
      ofEveryStory(checkAudiences),
    'states, views and events are JSON': ofEveryStory(checkJson),
    'the events alone rebuild the state': ofEveryStory(checkReplay),
    'a role that the state gives names the event that gave it, and is never forgotten':
      ofEveryStory(checkRoles),
    'no JSON makes parseCommand throw': () =>
      fc.assert(
        fc.property(fc.string(), jsonOrNothing, (name, payload) => {
          type.parseCommand(name, payload)
        }),
        runs,
      ),
  }
}

const jsonOrNothing: fc.Arbitrary<unknown> = fc.option(fc.jsonValue(), { nil: undefined })

interface Parts {
  readonly options: unknown
  readonly players: readonly Player[]
  readonly commands: readonly RawCommand[]
  readonly seed: number
}

/** Plays a room as the runtime does. Everything that a rule is handed is frozen: one that changes it throws. */
function tell(type: RoomType, { options, players, commands, seed }: Parts): Story {
  const chance = seededChance(seed)
  const random = seededRandom(chance)
  const parsed = type.parseOptions(frozen(options))
  if (isRefusal(parsed)) throw new Error(`The law was given options that the type refuses: ${parsed.detail}`)
  const tools = { now: 0, random }
  const states: unknown[] = [frozen(type.open(frozen(parsed.options), tools))]
  const events: Recorded<RoomEvent>[] = []
  const record = (by: string, decided: readonly RoomEvent[], ref?: string): void => {
    for (const { name, payload } of decided) {
      const recorded = {
        seq: events.length + 1,
        at: tools.now,
        by,
        ...(ref && { ref }),
        name,
        payload,
      }
      events.push(frozen(recorded))
      states.push(frozen(type.evolve(states.at(-1), recorded)))
    }
  }
  const inside = new Map<string, Viewer>()
  const seen = ({ uuid, role }: Viewer): Viewer =>
    frozen({ uuid, role: type.roleOf?.(states.at(-1), uuid)?.role ?? role })
  const enter = (): void => {
    const player = frozen(players[chance(players.length)] ?? { uuid: 'nobody', nick: 'Nobody' })
    const admitted = type.admit(states.at(-1), player, { ...tools })
    if (isRefusal(admitted)) return expectRefusal(admitted)
    expect(type.roles).toContain(admitted.role)
    record(player.uuid, admitted.events)
    const viewer = { uuid: player.uuid, role: admitted.role }
    expect(seen(viewer)).toEqual(viewer)
    inside.set(player.uuid, viewer)
  }
  const elapse = (): void => {
    tools.now += chance(3) === 0 ? chance(longestPauseMs) : chance(10_000)
    record(innkeeper, type.elapse?.(states.at(-1), { ...tools }) ?? [])
    // Or it would happen again every second.
    expect(type.elapse?.(states.at(-1), { ...tools }) ?? []).toEqual([])
  }
  for (const [index, { name, payload }] of commands.entries()) {
    elapse()
    if (inside.size === 0 || chance(3) === 0) enter()
    const by = [...inside.values()][chance(Math.max(1, inside.size))]
    const understood = type.parseCommand(name, frozen(payload))
    if (isRefusal(understood)) expectRefusal(understood)
    else if (by) {
      const decided = type.decide(states.at(-1), seen(by), frozen(understood.command), { ...tools })
      if (isRefusal(decided)) expectRefusal(decided)
      else record(by.uuid, decided.events, `c${index}`)
    }
  }
  return { states, events, viewers: viewersOf(type, players), chance }
}

/** Everyone who came, and someone who never did, in every role. */
function viewersOf(type: RoomType, players: readonly Player[]): readonly Viewer[] {
  const uuids = new Set([...players.map(({ uuid }) => uuid), 'a-stranger'])
  return [...uuids].flatMap((uuid) => type.roles.map((role) => frozen({ uuid, role })))
}

function checkFolding(type: RoomType, { states, events, viewers, chance }: Story): void {
  for (const viewer of viewers) {
    const welcomedAt = chance(events.length + 1)
    let folded = frozen(parseCopy(type.view(states[welcomedAt], viewer)))
    for (const [index, event] of events.entries()) {
      if (index < welcomedAt) continue
      const shown = type.viewEvent(event, viewer)
      if (shown) {
        expect({ seq: shown.seq, at: shown.at }).toEqual({ seq: event.seq, at: event.at })
        folded = frozen(type.evolve(folded, frozen(parseCopy(shown))))
      }
      expect({ viewer, event, folded }).toEqual({
        viewer,
        event,
        folded: parseCopy(type.view(states[index + 1], viewer)),
      })
    }
  }
}

const fineness: Readonly<Record<Audience, number>> = { everyone: 0, role: 1, player: 2 }

function checkAudiences(type: RoomType, { events, viewers }: Story): void {
  for (const event of events) {
    const audience = type.audienceOf(event)
    expect(fineness[audience]).toBeLessThanOrEqual(fineness[type.finestAudience])
    if (audience === 'player') continue
    for (const viewer of viewers) {
      // Whom the runtime encodes for: nobody in particular.
      const role = audience === 'role' ? viewer.role : (type.roles[0] ?? '')
      const encoded = type.viewEvent(event, frozen({ uuid: '', role }))
      expect({ audience, viewer, shown: type.viewEvent(event, viewer) }).toEqual({
        audience,
        viewer,
        shown: encoded,
      })
    }
  }
}

function checkJson(type: RoomType, { states, events, viewers }: Story): void {
  for (const [index, event] of events.entries()) {
    expect(event).toStrictEqual(parseCopy(event))
    expect(states[index + 1]).toStrictEqual(parseCopy(states[index + 1]))
    for (const viewer of viewers) {
      const shown = type.viewEvent(event, viewer)
      expect(shown).toStrictEqual(parseCopy(shown))
    }
  }
  for (const viewer of viewers) {
    const view = type.view(states.at(-1), viewer)
    expect(view).toStrictEqual(parseCopy(view))
  }
}

function checkReplay(type: RoomType, { states, events, chance }: Story): void {
  const from = chance(states.length)
  let state = frozen(parseCopy(states[from]))
  for (const event of events.slice(from)) state = frozen(type.evolve(state, frozen(parseCopy(event))))
  expect(state).toEqual(states.at(-1))
}

function checkRoles(type: RoomType, { states, events, viewers }: Story): void {
  for (const uuid of new Set(viewers.map((viewer) => viewer.uuid))) {
    let before = type.roleOf?.(states[0], uuid)
    for (const [index, { seq }] of events.entries()) {
      const now = type.roleOf?.(states[index + 1], uuid)
      if (now) expect(type.roles).toContain(now.role)
      expect({ uuid, seq, now }).toEqual({ uuid, seq, now: now?.since === seq ? now : before })
      before = now
    }
  }
}

function expectRefusal({ refused, detail }: { readonly refused: string; readonly detail: string }): void {
  expect(Object.keys(problems)).toContain(refused)
  expect(detail).not.toBe('')
}

/** What is left of a value on its way to a client or a disk; nothing at all stays nothing. */
function parseCopy<T>(value: T): T {
  const text: unknown = JSON.stringify(value)
  return typeof text === 'string' ? (JSON.parse(text) as T) : value
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

/** Mulberry32. */
function seededChance(seed: number): Chance {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound)
  }
}

function seededRandom(chance: Chance): Random {
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => chance(256))
  return {
    bytes,
    below: chance,
    uuid: () => `${Buffer.from(bytes(8)).toString('hex')}-0000-4000-8000-000000000000`,
  }
}

function parseWire(commands: readonly RawCommand[]): readonly RawCommand[] {
  return JSON.parse(JSON.stringify(commands)) as readonly RawCommand[]
}
