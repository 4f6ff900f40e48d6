import { closeCodes, type CloseCode, type CloseReason } from '@innkeeper/protocol/close-codes'
import { limits } from '@innkeeper/protocol/limits'
import type { ConnectionId, PlayerUuid, RoomId } from '@innkeeper/protocol/ids'
import type { Clock, Log, Random } from '@innkeeper/protocol/tools'
import { ipForLimits } from '@innkeeper/web-kit/client-ip'
import type { Origins } from '@innkeeper/web-kit/origins'
import type { Revocation } from '@innkeeper/tokens/revocations/revocations'
import { giveBack } from '../presence/give-back'
import type { LocalSockets } from '../presence/incumbents'
import type { Room } from '../runtime/room'
import type { RoomLoss } from '../runtime/room-host'
import { comeBack, Connection, type Inside, type Phase, type Wire } from './connection'
import type { Door, Entry } from './door'
import { enter, type EntranceOptions } from './entrance'
import { receive, type Arrival, type InboxOptions } from './inbox'
import { parseRelayed, relayedHeader } from './relay'
import { SocketCounts } from './socket-counts'
import { sweep } from './sweep'
import { TokenBucket, type MessageRate } from './token-bucket'
import { turnAway } from './turn-away'
import { parseAddress } from './upgrade'

export interface GatewayLimits {
  readonly messageRate: MessageRate
  readonly sockets: number
  readonly socketsPerIp: number
  /** Sockets of one address that are not inside yet. */
  readonly enteringPerIp: number
}

export interface GatewayOptions
  extends Omit<EntranceOptions, 'onInside' | 'incumbents'>, Omit<InboxOptions, 'enter'> {
  readonly doors: { readonly ticket: Door; readonly channel: Door }
  readonly origins: Origins
  readonly limits: GatewayLimits
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** What the server does with an upgrade request: open a socket for this connection, with these headers. */
export interface Upgrade {
  readonly connection: Connection
  readonly headers: Readonly<Record<string, string>>
}

/** All sockets of this node, from the upgrade to the close. */
export class Gateway implements LocalSockets {
  readonly #options: GatewayOptions
  readonly #inbox: InboxOptions
  readonly #connections = new Map<ConnectionId, Connection>()
  readonly #counts = new SocketCounts()
  readonly #probes = new Map<ConnectionId, Promise<boolean>>()
  #entrance: EntranceOptions | undefined
  #isDraining = false
  #sweptAt: number
  #recheck: Promise<void> | undefined

  constructor(options: GatewayOptions) {
    this.#options = options
    this.#inbox = { ...options, enter: (connection, credential) => this.#enter(connection, credential) }
    this.#sweptAt = options.clock()
    options.host.onLoss((room, loss) => this.#closeRoom(room, loss))
    options.revocations.onRevoked((revocation) => this.#revoke(revocation))
  }

  /** The rivals' judge needs this gateway for the sockets that are here, so it comes second. */
  useIncumbents(incumbents: EntranceOptions['incumbents']): void {
    this.#entrance = {
      ...this.#options,
      incumbents,
      relay: (connection, target) => {
        this.#counts.settled(ipForLimits(connection.request.ip))
        this.#options.relay(connection, target)
      },
      onInside: (connection, queue) => {
        this.#counts.settled(ipForLimits(connection.request.ip))
        const at = this.#options.clock()
        for (const data of queue) this.#receive(connection, { data, at })
      },
    }
  }

  get size(): number {
    return this.#connections.size
  }

  /**
   * Reads an upgrade request.
   *
   * @param ip  the client's address
   * @throws AppError a bad Origin or a malformed upgrade: the only refusals before 101
   */
  upgrade(request: Request, ip: string): Upgrade {
    const { doors, origins, clock, random } = this.#options
    const address = parseAddress(request, origins)
    const { door, roomId, since, takeover, credential, subprotocol } = address
    const relayedBy = parseRelayed(request.headers.get(relayedHeader))
    const asked = { door: doors[door], roomId, since, takeover, relayedBy, ip }
    const connection = new Connection(parseConnectionId(random.uuid()), asked, {
      phase: this.#firstPhase(ipForLimits(ip), credential),
      bucket: new TokenBucket(this.#options.limits.messageRate, clock()),
    })
    return { connection, headers: subprotocol === undefined ? {} : { 'sec-websocket-protocol': subprotocol } }
  }

  /** The socket is open. */
  opened(connection: Connection, wire: Wire): void {
    connection.wire = wire
    this.#connections.set(connection.connectionId, connection)
    const { phase } = connection
    this.#counts.opened(ipForLimits(connection.request.ip), isEntering(phase))
    if (phase.kind === 'refused') connection.close(phase.code, phase.reason)
    else if (phase.kind === 'entering') this.#enter(connection, phase.credential)
  }

  /** A frame came. */
  message(connection: Connection, data: string | Uint8Array): void {
    const at = this.#options.clock()
    this.#recheckAfterStall(at)
    if (this.#recheck) void this.#recheck.then(() => this.#receive(connection, { data, at }))
    else this.#receive(connection, { data, at })
  }

  /** A pong came. */
  pong(connection: Connection): void {
    connection.onAnswer?.()
  }

  /** The socket is gone; everything that hung on it ends. */
  closed(connection: Connection, code: number): void {
    const { phase } = connection
    connection.phase = { kind: 'closed' }
    connection.onAnswer?.()
    this.#connections.delete(connection.connectionId)
    this.#counts.closed(ipForLimits(connection.request.ip), isEntering(phase))
    if (phase.kind === 'relayed') phase.upstream.close(code)
    if (phase.kind !== 'inside') return
    const { room, entry, presence } = phase
    room.leave(entry.player.uuid, connection.connectionId, isFarewell(code) ? 'left' : 'away')
    void giveBack(this.#options, presence)
  }

  async probe(connectionId: ConnectionId): Promise<boolean> {
    const connection = this.#connections.get(connectionId)
    if (!connection?.wire) return false
    const running = this.#probes.get(connectionId)
    if (running) return await running
    const { relayedBy } = connection.request
    // The other node's socket answers for itself, whatever has become of the player's: only that node can tell.
    const answer =
      relayedBy && this.#entrance
        ? this.#entrance.incumbents.isAlive(relayedBy)
        : ask(connection, connection.wire)
    const probe = answer.finally(() => this.#probes.delete(connectionId))
    this.#probes.set(connectionId, probe)
    return await probe
  }

  dismiss(connectionId: ConnectionId, reason: 'replaced' | 'moved'): boolean {
    const connection = this.#connections.get(connectionId)
    connection?.close(closeCodes.replaced, { type: reason })
    return connection !== undefined
  }

  /** A kick or a ban: the player's sockets in this room close. */
  exclude(roomId: RoomId, uuid: PlayerUuid, reason: 'kicked' | 'banned'): void {
    for (const { connection, entry } of this.#known()) {
      if (entry.roomId === roomId && entry.player.uuid === uuid)
        connection.close(closeCodes.revoked, { type: reason })
    }
  }

  /** Runs four times a second: slow readers, late hellos, expiring and revoked entries. */
  sweep(): void {
    const now = this.#options.clock()
    this.#recheckAfterStall(now)
    this.#sweptAt = now
    sweep(this.#connections.values(), this.#options)
  }

  /** Says that everyone here is still here. Those whom a newer connection has replaced are closed. */
  async heartbeat(): Promise<void> {
    const entries = Array.from(this.#inside(), ({ inside }) => inside.presence)
    if (entries.length === 0) return
    const replaced = await this.#options.presence.heartbeat(entries)
    for (const { connectionId } of replaced) this.dismiss(connectionId, 'replaced')
  }

  /** Nobody gets in any more, and everyone is told to come back elsewhere. */
  announceDrain(reconnectInMs: number): void {
    this.#isDraining = true
    const frame = JSON.stringify({ type: 'draining', reconnectInMs })
    for (const connection of this.#connections.values()) connection.send(frame)
  }

  /** Closes every socket with 4503, each with its own moment to return, and gives their presence back. */
  async closeAll(): Promise<void> {
    const presences = Array.from(this.#inside(), ({ inside }) => inside.presence)
    for (const connection of this.#connections.values())
      connection.close(closeCodes.draining, this.#later('draining'))
    await Promise.all(presences.map((entry) => giveBack(this.#options, entry)))
  }

  /** Everyone whose credential has been verified, inside or on the way. */
  *#known(): Iterable<{ connection: Connection; entry: Entry }> {
    for (const connection of this.#connections.values()) {
      const { phase } = connection
      if ((phase.kind === 'inside' || phase.kind === 'entering') && phase.entry)
        yield { connection, entry: phase.entry }
    }
  }

  *#inside(): Iterable<{ connection: Connection; inside: Inside }> {
    for (const connection of this.#connections.values()) {
      if (connection.phase.kind === 'inside') yield { connection, inside: connection.phase }
    }
  }

  #firstPhase(ip: string, credential: string | undefined): Phase {
    const { sockets, socketsPerIp, enteringPerIp } = this.#options.limits
    if (this.#isDraining)
      return { kind: 'refused', code: closeCodes.draining, reason: this.#later('draining') }
    const own = this.#counts.of(ip)
    if (this.#connections.size >= sockets || own.sockets >= socketsPerIp || own.entering >= enteringPerIp) {
      return { kind: 'refused', code: closeCodes.tooMany, reason: { type: '/problems/too-many' } }
    }
    return credential === undefined
      ? { kind: 'hello', untilMs: this.#options.clock() + limits.helloMs }
      : { kind: 'entering', credential, queue: [] }
  }

  #enter(connection: Connection, credential: string): void {
    if (!this.#entrance) throw new Error('The gateway was opened before its incumbents were known')
    void enter(this.#entrance, connection, credential)
  }

  #receive(connection: Connection, arrival: Arrival): void {
    try {
      receive(this.#inbox, connection, arrival)
    } catch (error) {
      // A room type's view that fails is the end of this socket; nobody else's, and not the node's.
      turnAway(this.#options, connection, error)
    }
  }

  /**
   * After a stall as long as a presence lives, another node may have taken players over: ask before acting. Timers and
   * frames that waited come in any order, so whichever is first asks.
   */
  #recheckAfterStall(now: number): void {
    if (now - this.#sweptAt > limits.presenceTtlMs) this.#recheck ??= this.#checkPresences()
  }

  async #checkPresences(): Promise<void> {
    try {
      await this.heartbeat()
    } catch (error) {
      // Without Redis nobody can have been taken over either: rooms go on.
      this.#options.log.warn({ error }, 'Presence could not be checked after a stall')
    } finally {
      this.#sweptAt = this.#options.clock()
      this.#recheck = undefined
    }
  }

  #revoke(revocation: Revocation): void {
    // Whoever is inside was let in by a ticket; tokens of a lost key are refused where they are verified.
    if (revocation.kind === 'keys') return
    for (const { connection, entry } of this.#known()) {
      const { signIn, player } = entry
      const isMeant =
        revocation.kind === 'sign-in' ? signIn === revocation.sid : player.uuid === revocation.uuid
      if (isMeant) connection.close(closeCodes.revoked, { type: '/problems/session-revoked' })
    }
  }

  #closeRoom(room: Room, loss: RoomLoss): void {
    for (const { connection, inside } of this.#inside()) {
      if (inside.room === room) connection.close(...this.#lossClose(loss))
    }
  }

  #lossClose(loss: RoomLoss): [CloseCode, CloseReason] {
    switch (loss) {
      case 'closed':
        return [closeCodes.roomClosed, { type: '/problems/room-not-found' }]
      case 'moved':
        return [closeCodes.draining, this.#later('moved')]
      case 'broken':
        return [closeCodes.recovering, this.#later('recovering')]
    }
  }

  #later(type: CloseReason['type']): CloseReason {
    return comeBack(type, { afterMs: 500, spread: this.#options.random.below(1_000) / 500 })
  }
}

function isEntering(phase: Phase): boolean {
  return phase.kind === 'hello' || phase.kind === 'entering'
}

function isFarewell(code: number): boolean {
  return code === 1000 || code === 1001 || code === closeCodes.revoked || code === closeCodes.replaced
}

async function ask(connection: Connection, wire: Wire): Promise<boolean> {
  const heard = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => heard.resolve(false), limits.probeMs)
  connection.onAnswer = () => heard.resolve(!connection.isClosed)
  wire.ping()
  try {
    return await heard.promise
  } finally {
    clearTimeout(timer)
    connection.onAnswer = undefined
  }
}

/** The one place where a connection gets its id. */
function parseConnectionId(uuid: string): ConnectionId {
  return uuid as ConnectionId
}
