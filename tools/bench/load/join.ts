import type { Dialect, Player } from './dialects'
import { HttpLane } from './http-lane'
import { Link, type LinkListener } from './link'

/** Brings players into rooms over a few HTTP connections that stay open. */
export interface Doorway {
  /** Seat, socket, first state. @returns the link, which `listener` hears from now on */
  join(room: string, player: Player, listener: LinkListener): Promise<Link>
  end(): void
}

/** @param lanes  how many seats may be asked for at once */
export async function openDoorway(dialect: Dialect, port: number, lanes: number): Promise<Doorway> {
  const free = await Promise.all(
    Array.from({ length: dialect.seatRequest ? lanes : 0 }, () => HttpLane.open(port)),
  )
  const all = [...free]

  async function askSeat(room: string, player: Player): Promise<string> {
    const request = dialect.seatRequest?.(room, player)
    if (!request) return ''
    const lane = free.pop()
    if (!lane) throw new Error('More joins at once than HTTP connections')
    const answer = await lane.fetch(request)
    free.push(lane)
    if (answer.status !== 200) throw new Error(`No seat: ${answer.status} ${answer.body.slice(0, 300)}`)
    return answer.body
  }

  return {
    async join(room, player, listener) {
      const seat = await askSeat(room, player)
      return await enter(dialect, port, { upgradeRequest: dialect.upgradeRequest(room, seat), listener })
    },
    end() {
      for (const lane of all) lane.end()
    },
  }
}

/** Opens the socket and waits until the server says that the player is in. */
function enter(
  dialect: Dialect,
  port: number,
  { upgradeRequest, listener }: { readonly upgradeRequest: Buffer; readonly listener: LinkListener },
): Promise<Link> {
  return new Promise((resolve, reject) => {
    const entering: LinkListener = {
      frame(link, frame) {
        if (!dialect.enter(link, frame)) return
        link.listener = listener
        resolve(link)
      },
      closed: (_link, reason) => reject(new Error(`Not let in: ${reason}`)),
    }
    Link.open(port, upgradeRequest, entering).catch(reject)
  })
}

/** Runs `work` for each item, `atOnce` at a time. */
export async function eachAtOnce<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]()
  const worker = async () => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
