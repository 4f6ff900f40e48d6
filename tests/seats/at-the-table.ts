import { randomUUID } from 'node:crypto'
import type { Answer, FrontDesk } from '../support/front-desk'
import { anyIp } from '../support/front-desk'
import { openSocket, type RawSocket } from '../support/raw-socket'

/** A seat on one device, as the server gives it. */
export interface Seat {
  readonly session: { readonly id: string; readonly code: string; readonly name: string }
  readonly player: { readonly uuid: string; readonly name: string; readonly role: string }
  readonly accessToken: string
  readonly refreshToken: string
  readonly token: string
  readonly recoveryKey: string
}

/** What a request says besides who it is from. */
export interface Said {
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** A sign-in of a seat. */
export interface Device {
  readonly id: string
  readonly current: boolean
}

/** What people do at a table, through HTTP and sockets alone. */
export interface TablesDesk {
  open(): Promise<Seat>
  join(gm: Seat, name?: string): Promise<Seat>
  /** Asks as the holder of a seat. @param line  as in `GET /api/session` */
  ask(seat: Seat, line: string, said?: Said): Promise<Answer>
  /** The same; an answer that is no success fails the test. */
  done(seat: Seat, line: string, said?: Said): Promise<Answer>
  /** The devices at a seat, the one that asks first. */
  devices(seat: Seat): Promise<readonly Device[]>
  /** The live channel, up to the welcome. */
  channel(seat: Seat, query?: string): Promise<RawSocket>
  /** The live channel; whether it was let in is for the caller to see. */
  knock(seat: Seat, query?: string): Promise<RawSocket>
}

/** @param desk  the server, or the node of it that is asked */
export function createTablesDesk(desk: FrontDesk): TablesDesk {
  const take = async (path: string, body: object): Promise<Seat> => {
    const answer = await desk.call('POST', path, { body, ip: anyIp() })
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`)
    return answer.json
  }
  const tables: TablesDesk = {
    open: () => take('/api/session', { name: 'Phandalin', gmName: 'Mira' }),
    join: ({ session }, name = `Torin ${randomUUID().slice(0, 6)}`) =>
      take('/api/session/join', { code: session.code, name }),
    ask({ accessToken: token }, line, said = {}) {
      const [method = '', path = ''] = line.split(' ')
      return desk.call(method, path, { ...said, token, ip: anyIp() })
    },
    async done(seat, line, said) {
      const answer = await tables.ask(seat, line, said)
      if (answer.status >= 300) throw new Error(`${line} answered ${answer.status}: ${answer.text}`)
      return answer
    },
    async devices(seat) {
      const devices: readonly Device[] = (await tables.done(seat, 'GET /api/session/devices')).json.devices
      return devices.toSorted((a, b) => Number(b.current) - Number(a.current))
    },
    knock: ({ token }, query = '') =>
      openSocket(`${desk.url}/ws?token=${token}${query}`, { origin: desk.url }),
    async channel(seat, query) {
      const socket = await tables.knock(seat, query)
      await socket.next('welcome')
      return socket
    },
  }
  return tables
}

/** Sends a command and waits for its event: the socket lives, and its player may play. */
export async function expectPlays(socket: RawSocket): Promise<void> {
  const id = randomUUID()
  socket.command(id, { expression: '1d20', visibility: 'public' }, 'dice.roll')
  await socket.next('event', ({ ref }) => ref === id)
}

/** How many ms it takes until a socket has ended. @returns its end as well */
export async function endedBy(socket: RawSocket, act: () => Promise<unknown>) {
  const since = performance.now()
  await act()
  const end = await socket.ended()
  return { ...end, tookMs: performance.now() - since }
}
