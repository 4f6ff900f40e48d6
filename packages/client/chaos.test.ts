import { describe, expect, it } from 'bun:test'
import fc from 'fast-check'
import { RoomConnection } from './connection'
import type { Effects } from './effects'
import { CommandRefused } from './outbox'
import type { OutboxStorage } from './outbox-storage'
import { type Fate, firstState, fold, type ModelPayload, RoomModel } from './room-model.fake'
import { FakeTime } from './time.fake'

const names = ['ada', 'bo', 'cy'] as const
const place = fc.nat({ max: 5 })
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      who: fc.constantFrom(...names),
      isRefused: fc.boolean(),
      isSecret: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('deliver' as const),
      who: fc.constantFrom(...names),
      direction: fc.constantFrom('up' as const, 'down' as const),
      place,
      fate: fc.constantFrom<Fate>('once', 'once', 'once', 'twice', 'lost'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cut' as const),
      who: fc.constantFrom(...names),
      code: fc.constantFrom(1006, 1001, 4500, 4503, 4504, 4508),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reload' as const), who: fc.constantFrom(...names) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat({ max: 12_000 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

type Outcome = 'applied' | 'refused' | 'lost'

/** A browser tab: its page can be reloaded, and what it had stored is there again. */
class Tab {
  /** By the command's number; none while it waits, or for who gave it before a reload and was never told. */
  readonly outcomes = new Map<number, Outcome>()
  state: unknown
  connection: RoomConnection
  #kept = '[]'
  #page = { isAlive: true }

  constructor(
    readonly me: string,
    readonly room: RoomModel,
    readonly time: FakeTime,
  ) {
    this.connection = this.#open()
  }

  send(payload: ModelPayload): void {
    this.connection.send('do', payload).then(
      () => void this.outcomes.set(payload.number, 'applied'),
      (error: unknown) =>
        void this.outcomes.set(payload.number, error instanceof CommandRefused ? 'refused' : 'lost'),
    )
  }

  reload(): void {
    this.#page.isAlive = false
    this.#page = { isAlive: true }
    this.connection = this.#open()
  }

  #open(): RoomConnection {
    const storage: OutboxStorage = {
      load: () => JSON.parse(this.#kept),
      save: (commands) => void (this.#kept = JSON.stringify(commands)),
    }
    const connection = new RoomConnection(
      {
        address: () => ({ url: 'ws://room/', protocols: [] }),
        storage,
        onWelcome: ({ resumed, state }) => {
          if (!resumed) this.state = state
        },
        onEvent: (event) => {
          if (event.name !== 'hidden') this.state = fold(Number(this.state), event)
        },
        onRefused: ({ payload }) => void this.outcomes.set((payload as ModelPayload).number, 'refused'),
      },
      this.#effects(this.#page),
    )
    connection.open()
    return connection
  }

  /** What a page that is gone had started does nothing any more. */
  #effects(page: { readonly isAlive: boolean }): Effects {
    const { time, room, me } = this
    return {
      ...{ now: time.now, ticks: time.ticks },
      random: { below: (bound) => Math.floor(bound / 2), uuid: () => crypto.randomUUID() },
      after: (ms, work) => time.after(ms, () => page.isAlive && work()),
      openSocket: (url, _protocols, events) =>
        room.connect(me, url, {
          onText: (text) => page.isAlive && events.onText(text),
          onClose: (code, reason) => page.isAlive && events.onClose(code, reason),
        }),
    }
  }
}

/** Lets promises that are due come true. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
}

class Chaos {
  readonly time = new FakeTime()
  readonly room = new RoomModel(6)
  readonly tabs = new Map(names.map((name) => [name, new Tab(name, this.room, this.time)]))
  readonly given: { readonly who: string; readonly payload: ModelPayload }[] = []

  async play(steps: readonly Step[]): Promise<void> {
    await settle()
    for (const next of steps) {
      this.#do(next)
      await settle()
    }
    await this.calmDown()
    // A lost event shows when the next one comes.
    this.#give('ada', { isRefused: false, isSecret: false })
    await this.calmDown()
  }

  /** The network heals: everything arrives, and time goes on until nobody waits. */
  async calmDown(): Promise<void> {
    const isCalm = () =>
      this.#all((tab) => tab.connection.state.kind === 'live' && tab.connection.waiting.length === 0)
    for (let round = 0; round < 500; round += 1) {
      const hasMoved = names.some((name) => this.room.deliver(name, 'up') || this.room.deliver(name, 'down'))
      await settle()
      if (hasMoved) continue
      if (isCalm()) return
      this.time.runNext()
      await settle()
    }
    throw new Error('It does not become calm')
  }

  #do(next: Step): void {
    switch (next.kind) {
      case 'send':
        return this.#give(next.who, next)
      case 'deliver':
        return void this.room.deliver(next.who, next.direction, next)
      case 'cut':
        return this.room.cut(next.who, next.code, next.code === 4503 ? '{"type":"x","retryAfterMs":50}' : '')
      case 'restart':
        return this.room.restart()
      case 'reload':
        return this.tabs.get(next.who)?.reload()
      case 'pass':
        return this.time.advance(next.ms)
    }
  }

  #give(who: (typeof names)[number], { isRefused, isSecret }: Omit<ModelPayload, 'number'>): void {
    const payload = { number: this.given.length, isRefused, isSecret }
    this.given.push({ who, payload })
    this.tabs.get(who)?.send(payload)
  }

  #all(test: (tab: Tab) => boolean): boolean {
    return [...this.tabs.values()].every(test)
  }
}

describe('a room behind a network that drops, delays, doubles and reorders', () => {
  it('leaves everyone with the state of the server, and does each command once or says why not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
        const chaos = new Chaos()
        await chaos.play(steps)
        for (const [name, tab] of chaos.tabs) expect(tab.state).toBe(chaos.room.view(name))
        for (const { who, payload } of chaos.given) {
          const isIt = (event: { payload?: unknown }) =>
            (event.payload as ModelPayload).number === payload.number
          const applied = chaos.room.journal.filter(isIt).length
          const outcome = chaos.tabs.get(who as (typeof names)[number])?.outcomes.get(payload.number)
          expect(applied).toBe(payload.isRefused ? 0 : 1)
          // Nobody is left to be told of a success after a reload; a refusal is always said.
          const expected = payload.isRefused ? ['refused'] : ['applied', undefined]
          expect(expected).toContain(outcome)
        }
      }),
      { numRuns: 500 },
    )
  }, 30_000)

  it('would notice a room that applies a command twice', () => {
    const event = { type: 'event', seq: 1, by: 'ada', ref: 'c', name: 'do', payload: 1 } as const
    expect(fold(fold(firstState, event), event)).not.toBe(fold(firstState, event))
  })
})
