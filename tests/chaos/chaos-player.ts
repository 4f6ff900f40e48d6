import { channelAddress } from '@innkeeper/client/address'
import { RoomConnection } from '@innkeeper/client/connection'
import type { Effects } from '@innkeeper/client/effects'
import { webPlatform } from '@innkeeper/client/web-platform'
import type { EventFrame } from '@innkeeper/protocol/frames'
import type { Recorded, Viewer } from '@innkeeper/rooms/room-type'
import { tabletopRoom } from '@innkeeper/tabletop/table/tabletop-room'
import { until } from '../support/until'

/** A seat, as the server gave it. */
export interface ChaosSeat {
  readonly uuid: string
  readonly accessToken: string
  readonly channelToken: string
}

/** A command that the server has acknowledged: by an event on the socket, or by an answer to a request. */
export interface Acknowledged {
  readonly by: string
  readonly seq: number
  /** What made a repetition the same command; on a socket only the SDK knows it before the event tells. */
  readonly ref: string
}

type TableEvent = Parameters<typeof tabletopRoom.evolve>[1]
type TableState = ReturnType<typeof tabletopRoom.evolve>

const visibilities = ['public', 'gm', 'self', 'blind'] as const

/** Someone at the table: a socket that comes back by itself and folds what it hears, and requests that are repeated. */
export class ChaosPlayer {
  /** Every event in the order in which it came, hidden ones too. */
  readonly heard: EventFrame[] = []
  /** How often a whole view came; the first is the entry. */
  welcomes = 0
  /** How often the missed events came instead. */
  resumes = 0
  readonly #connection: RoomConnection
  #state: TableState | undefined
  #rolls = 0
  readonly #requests = new Map<string, string>()

  constructor(
    readonly url: string,
    readonly seat: ChaosSeat,
  ) {
    this.#connection = new RoomConnection(
      {
        address: () => channelAddress(url, seat.channelToken),
        onWelcome: (welcome) => {
          if (welcome.resumed) this.resumes += 1
          else {
            this.welcomes += 1
            this.#state = parseView(welcome.state)
          }
        },
        onEvent: (event) => {
          this.heard.push(event)
          if (this.#state && event.name !== 'hidden')
            this.#state = tabletopRoom.evolve(this.#state, parseEvent(event))
        },
      },
      fromAPage(url),
    )
  }

  get uuid(): string {
    return this.seat.uuid
  }

  /** With whose eyes events are shown to them. */
  get viewer(): Viewer {
    return { uuid: this.uuid, role: this.#connection.me?.role ?? '' }
  }

  get isLive(): boolean {
    return this.#connection.state.kind === 'live'
  }

  /** What was folded, as JSON would carry it. */
  get state(): unknown {
    return JSON.parse(JSON.stringify(this.#state))
  }

  describe(): string {
    const { welcomes, resumes } = this
    return `${this.uuid} ${JSON.stringify({ ...this.#connection.state, welcomes, resumes })}`
  }

  async enter(): Promise<void> {
    this.#connection.open()
    await until(() => this.isLive)
  }

  leave(): void {
    this.#connection.leave()
  }

  /** Rolls on the socket. The SDK sends it again, with the same id, for as long as there is no answer. */
  async rollBySocket(): Promise<Acknowledged> {
    const { seq, by = '', ref = '' } = await this.#connection.send('dice.roll', this.#nextRoll())
    return { seq, by, ref }
  }

  /** Rolls with a request, and repeats it with the same key for as long as there is no answer. */
  async rollByRest(): Promise<Acknowledged> {
    const [ref, body] = [crypto.randomUUID(), JSON.stringify(this.#nextRoll())]
    this.#requests.set(ref, body)
    return await until(() => this.#post(ref, body), { ms: 60_000, everyMs: 25 })
  }

  /** Sends every request that has been answered once again, as if the answers had been lost. */
  async repeatAll(): Promise<readonly Acknowledged[]> {
    const answers: Acknowledged[] = []
    for (const [ref, body] of [...this.#requests]) answers.push(await this.#post(ref, body))
    return answers
  }

  /** The table as the server shows it to this player. */
  async view(): Promise<{ readonly seq: number; readonly state: unknown }> {
    return await this.#request('/api/session')
  }

  async #post(ref: string, body: string): Promise<Acknowledged> {
    const headers = { 'idempotency-key': ref, 'content-type': 'application/json' }
    const { by, seq } = await this.#request('/api/dice/roll', { method: 'POST', headers, body })
    return { ref, by, seq }
  }

  /** @throws Error for every answer that is not 200, also for none */
  async #request(
    path: string,
    { headers, ...init }: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<ReturnType<typeof JSON.parse>> {
    const response = await fetch(this.url + path, {
      ...init,
      headers: { ...headers, authorization: `Bearer ${this.seat.accessToken}` },
      signal: AbortSignal.timeout(5_000),
    })
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
    return await response.json()
  }

  #nextRoll() {
    this.#rolls += 1
    const visibility = visibilities[this.#rolls % visibilities.length] ?? 'public'
    return { expression: '2d20kh1+5', visibility, label: `roll ${this.#rolls}` }
  }
}

/** A browser says where its page is from; without that no socket opens. */
function fromAPage(origin: string): Effects {
  return {
    ...webPlatform(),
    openSocket(url, _protocols, events) {
      const socket = new WebSocket(url, { headers: { origin } })
      socket.addEventListener('message', ({ data }) => events.onText(String(data)))
      socket.addEventListener('close', ({ code, reason }) => events.onClose(code, reason))
      return {
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text)
        },
        close: () => socket.close(),
      }
    },
  }
}

function parseView(state: unknown): TableState {
  return state as TableState
}

function parseEvent(event: EventFrame): Recorded<TableEvent> {
  return event as unknown as Recorded<TableEvent>
}
