import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import type { Random } from '@innkeeper/protocol/tools'
import { isRefusal, type Player, type Refusal, type Viewer } from '@innkeeper/rooms/room-type'
import { seededDie } from '../dice/dice-testing'
import { evolve } from './evolve'
import { logLimits } from './log'
import type { RollVisibility } from './messages'
import type { RecordedTableEvent, TableEvent } from './table-events'
import type { TableState } from './table-state'
import { tabletopRoom } from './tabletop-room'

setDefaultTimeout(60_000)

const gm: Viewer = { uuid: 'gm-1', role: 'gm' }
const ana: Viewer = { uuid: 'ana-1', role: 'player' }
const boris: Viewer = { uuid: 'boris-1', role: 'player' }
const watcher: Viewer = { uuid: 'guest:w#1', role: 'watcher' }
const everyone = [gm, ana, boris, watcher]

function seededRandom(seed: number): Random {
  const die = seededDie(seed)
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => die(256) - 1),
    uuid: () => '',
    below: (bound) => die(bound) - 1,
  }
}

function openTable(options: unknown = { name: 'Friday' }): TableState {
  const parsed = tabletopRoom.parseOptions(options)
  if (isRefusal(parsed)) throw new Error(parsed.detail)
  return tabletopRoom.open(parsed.options, { now: 0, random: seededRandom(1) })
}

function record(event: TableEvent, by: string, seq = 1): RecordedTableEvent {
  return { ...event, seq, at: 1000 + seq, by }
}

function command(
  by: Viewer,
  payload: unknown,
  seed = 1,
): { readonly events: readonly TableEvent[] } | Refusal {
  const parsed = tabletopRoom.parseCommand('dice.roll', payload)
  if (isRefusal(parsed)) return parsed
  return tabletopRoom.decide(openTable(), by, parsed.command, { now: 0, random: seededRandom(seed) })
}

function rolled(by: Viewer, payload: object, seq = 1): RecordedTableEvent {
  const decided = command(by, payload, seq)
  const event = isRefusal(decided) ? undefined : decided.events.find(({ name }) => name === 'dice.rolled')
  if (!event) throw new Error('nothing was rolled')
  return record(event, by.uuid, seq)
}

const tools = { now: 0, random: seededRandom(1) }
const join = (player: Player, state = openTable()) => tabletopRoom.admit(state, player, tools)

describe('coming to a table', () => {
  it('a seat is recorded once; its name and its role are the table’s to change, and no older ticket’s', () => {
    const first = join({ uuid: 'ana-1', nick: 'Ana', role: 'player' })
    const event: TableEvent = {
      name: 'player.joined',
      payload: { uuid: 'ana-1', name: 'Ana', role: 'player' },
    }
    expect(first).toEqual({ role: 'player', events: [event] })
    const state = evolve(openTable(), record(event, 'ana-1'))
    expect(state.players).toEqual({ 'ana-1': { uuid: 'ana-1', name: 'Ana', role: 'player', since: 1 } })
    expect(join({ uuid: 'ana-1', nick: 'Ana', role: 'player' }, state)).toEqual({
      role: 'player',
      events: [],
    })
    expect(join({ uuid: 'ana-1', nick: 'Anna', role: 'gm' }, state)).toEqual({ role: 'player', events: [] })
  })

  it('who has no seat watches and leaves no trace in the state', () => {
    expect(join({ uuid: 'guest:w#1', nick: 'w' })).toEqual({ role: 'watcher', events: [] })
  })

  it('a seat that comes back with a ticket, which names no role, has the role it was taken in', () => {
    const state = evolve(
      openTable(),
      record({ name: 'player.joined', payload: { uuid: 'gm-1', name: 'Mia', role: 'gm' } }, 'gm-1'),
    )
    expect(join({ uuid: 'gm-1', nick: 'Mia' }, state)).toEqual({ role: 'gm', events: [] })
    expect(join({ uuid: 'constructor', nick: 'c' }, state)).toEqual({ role: 'watcher', events: [] })
  })

  it('an unknown role is refused', () => {
    expect(join({ uuid: 'x', nick: 'x', role: 'admin' })).toMatchObject({ refused: 'not-allowed' })
  })

  it('a uuid that is the name of a built-in property is a player like any other', () => {
    const player = { uuid: '__proto__', nick: 'P', role: 'player' }
    const [event] = (join(player) as { events: readonly TableEvent[] }).events
    const state = evolve(openTable(), record(event as TableEvent, player.uuid))
    expect(Object.keys(state.players)).toEqual(['__proto__'])
    expect(Object.keys(tabletopRoom.view(state, gm).players)).toEqual(['__proto__'])
    expect(join(player, state)).toEqual({ role: 'player', events: [] })
  })

  it('options have defaults, and wrong ones are refused by name', () => {
    expect(tabletopRoom.parseOptions(undefined)).toEqual(tabletopRoom.parseOptions({}))
    expect(openTable({})).toMatchObject({ name: '', language: 'en', edition: '2014', players: {}, log: [] })
    expect(openTable({ name: ' Стол ', language: 'ru', edition: '2024' })).toMatchObject({
      name: 'Стол',
      language: 'ru',
    })
    expect(tabletopRoom.parseOptions({ language: 'xx' })).toMatchObject({
      refused: 'validation-failed',
      extras: { field: 'language' },
    })
    expect(tabletopRoom.parseOptions({ name: 'a'.repeat(61) })).toMatchObject({
      refused: 'validation-failed',
    })
    expect(tabletopRoom.parseOptions({ name: 'a'.repeat(60), other: 1 })).toMatchObject({
      refused: 'validation-failed',
    })
  })
})

describe('rolling', () => {
  it('carries the whole result, drawn from the tools that were handed in', () => {
    const event = rolled(ana, { expression: '2к20вл1+5 # attack', visibility: 'public' })
    expect(event).toMatchObject({
      name: 'dice.rolled',
      payload: {
        visibility: 'public',
        expression: '2d20kh1+5',
        label: 'attack',
        result: { canonical: '2d20kh1+5' },
      },
    })
    expect(rolled(ana, { expression: '2d20kh1+5 # attack', visibility: 'public' })).toEqual(event)
  })

  it('a label given beside the expression goes before the one within', () => {
    expect(rolled(ana, { expression: 'd20 # in', visibility: 'gm', label: 'beside' }).payload).toMatchObject({
      label: 'beside',
    })
    expect(rolled(ana, { expression: 'd20 # in', visibility: 'gm', label: '  ' }).payload).toMatchObject({
      label: 'in',
    })
  })

  it('watchers may not roll, GM and players may in every visibility', () => {
    for (const visibility of ['public', 'gm', 'self', 'blind']) {
      expect(command(watcher, { expression: 'd20', visibility })).toMatchObject({ refused: 'not-allowed' })
      expect(command(gm, { expression: 'd20', visibility })).toHaveProperty('events')
      expect(command(ana, { expression: 'd20', visibility })).toHaveProperty('events')
    }
  })

  it('says what is wrong with the dice, and where', () => {
    expect(command(ana, { expression: '1d20 + cos(1)', visibility: 'public' })).toEqual({
      refused: 'dice-refused',
      detail: expect.any(String),
      extras: { diceCode: 'UNKNOWN_NAME', position: 7, hint: expect.any(String) },
    })
    expect(
      command(ana, { expression: '1d2rr1'.padEnd(20_000, '+1d2rr1'), visibility: 'public' }),
    ).toMatchObject({
      extras: { diceCode: 'TOO_LONG' },
    })
  })

  it('refuses a payload that is not a roll', () => {
    const wrong: readonly unknown[] = [
      undefined,
      null,
      1,
      'd20',
      [],
      {},
      { expression: 'd20' },
      { expression: 1, visibility: 'public' },
      { expression: 'd20', visibility: 'all' },
      { expression: 'd20', visibility: 'public', by: 'gm-1' },
    ]
    for (const payload of wrong) expect(command(ana, payload)).toMatchObject({ refused: 'validation-failed' })
    expect(tabletopRoom.parseCommand('dice.cheat', {})).toMatchObject({ refused: 'bad-request' })
  })

  it('takes a label of 80 graphemes and not 81, and no control or direction characters', () => {
    const label = (text: string) => command(ana, { expression: 'd20', visibility: 'public', label: text })
    expect(label('👩‍👩‍👧'.repeat(79) + '!')).toHaveProperty('events')
    expect(label('é'.repeat(80))).toHaveProperty('events')
    expect(label('é'.repeat(81))).toMatchObject({ refused: 'validation-failed', extras: { field: 'label' } })
    expect(label(`a${'\u0301'.repeat(700)}`)).toMatchObject({ refused: 'validation-failed' })
    for (const bad of ['a\nb', 'a\u0000b', 'a\u202Eb', '\uD800'])
      expect(label(bad)).toMatchObject({ refused: 'validation-failed' })
    expect(label('<b>bold</b>')).toMatchObject({ events: [{}, { payload: { label: '<b>bold</b>' } }] })
  })
})

describe('who sees a roll', () => {
  type Sight = 'all' | 'concealed' | 'nothing'
  const sights: Readonly<
    Record<RollVisibility, readonly [gm: Sight, roller: Sight, other: Sight, watcher: Sight]>
  > = {
    public: ['all', 'all', 'all', 'all'],
    gm: ['all', 'all', 'nothing', 'nothing'],
    self: ['nothing', 'all', 'nothing', 'nothing'],
    blind: ['all', 'concealed', 'nothing', 'nothing'],
  }
  const visibilities = Object.keys(sights) as RollVisibility[]

  function sightOf(event: RecordedTableEvent, viewer: Viewer): Sight {
    const seen = tabletopRoom.viewEvent(event, viewer)
    if (seen === null) return 'nothing'
    return 'result' in seen.payload ? 'all' : 'concealed'
  }

  it.each(visibilities)('%s: GM, roller, another player, a watcher', (visibility) => {
    const event = rolled(ana, { expression: 'd20', visibility })
    expect([gm, ana, boris, watcher].map((viewer) => sightOf(event, viewer))).toEqual([...sights[visibility]])
    expect(tabletopRoom.audienceOf(event)).toBe(visibility === 'public' ? 'everyone' : 'player')
  })

  it('the GM sees their own rolls in every visibility, and nobody else the secret ones', () => {
    for (const visibility of ['gm', 'self', 'blind']) {
      const event = rolled(gm, { expression: 'd20', visibility })
      expect([gm, ana, watcher].map((viewer) => sightOf(event, viewer))).toEqual([
        'all',
        'nothing',
        'nothing',
      ])
    }
  })

  it('a watcher with the uuid of a seat sees none of its secrets', () => {
    for (const visibility of ['gm', 'self', 'blind']) {
      expect(sightOf(rolled(ana, { expression: 'd20', visibility }), { ...ana, role: 'watcher' })).toBe(
        'nothing',
      )
    }
  })

  it('a concealed roll tells what was rolled and not what came up', () => {
    const event = rolled(ana, { expression: 'd20+3', visibility: 'blind', label: 'Stealth' })
    expect(tabletopRoom.viewEvent(event, ana)?.payload).toEqual({
      visibility: 'blind',
      expression: '1d20+3',
      label: 'Stealth',
      concealed: true,
    })
  })

  it.each(visibilities)('%s: a secret label is in nothing that others are sent', (visibility) => {
    const marker = 'XYZZY-MARKER'
    const event = rolled(ana, {
      expression: `d20 [${marker}-type] # ${marker}-inner`,
      visibility,
      label: `${marker}-label`,
    })
    const state = evolve(openTable(), event)
    const sees = (viewer: Viewer) =>
      JSON.stringify([tabletopRoom.viewEvent(event, viewer), tabletopRoom.view(state, viewer)]).includes(
        marker,
      )
    expect([gm, ana, boris, watcher].map(sees)).toEqual(
      sights[visibility].map((sight) => sight !== 'nothing'),
    )
  })
})

describe('the law of rooms', () => {
  it('holds while old rolls are forgotten, and forgetting secret rolls is not seen by others', () => {
    const visibilities = ['public', 'gm', 'self', 'blind'] as const
    let state = openTable()
    const views = new Map(everyone.map((viewer) => [viewer, tabletopRoom.view(state, viewer)]))
    for (let seq = 1; seq <= 900; seq += 1) {
      const by = [gm, ana, boris][seq % 3] ?? gm
      const event = rolled(by, { expression: '1d20', visibility: visibilities[seq % 4] }, seq)
      state = evolve(state, event)
      for (const [viewer, seen] of views) {
        const shown = tabletopRoom.viewEvent(event, viewer)
        if (shown) views.set(viewer, evolve(seen, shown))
      }
    }
    for (const [viewer, seen] of views) expect(seen).toEqual(tabletopRoom.view(state, viewer))
    expect(tabletopRoom.view(state, watcher).log).toHaveLength(logLimits.publicRolls)
    expect(state.log).toHaveLength(logLimits.publicRolls + 9 * logLimits.privateRolls)
  })

  it('the log of the largest rolls stays small', () => {
    let state = openTable()
    for (let seq = 1; seq <= 150; seq += 1) {
      state = evolve(
        state,
        rolled(ana, { expression: '30d1000min999kl1', visibility: 'public', label: '€'.repeat(80) }, seq),
      )
    }
    expect(JSON.stringify(tabletopRoom.view(state, watcher)).length).toBeLessThan(256 * 1024)
    expect(
      evolve(state, rolled(ana, { expression: '30d6', visibility: 'gm' }, 151)).log.at(-1)?.payload,
    ).toMatchObject({
      result: { outcomes: [{ terms: [{ dice: expect.any(Array) }] }] },
    })
    expect(
      evolve(state, rolled(ana, { expression: '31d6', visibility: 'gm' }, 151)).log.at(-1)?.payload,
    ).toMatchObject({
      result: { total: expect.any(Number), outcomes: [{ terms: [] }] },
    })
  })
})
