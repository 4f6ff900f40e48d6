/** What run.ts asks of a load process: one job as JSON on its standard input, one result as JSON on its output. */

export type PeerName = 'innkeeper' | 'colyseus' | 'socket.io' | 'bare' | 'bare-door' | 'least' | 'raw'

/** Who signs the identity tokens of a run: a key that only the bench holds, and whose public half it serves. */
export interface Issuer {
  readonly issuer: string
  readonly audience: string
  readonly kid: string
  readonly privateKey: {
    readonly kty: 'EC'
    readonly crv: 'P-256'
    readonly x: string
    readonly y: string
    readonly d: string
  }
}

interface Target {
  readonly peer: PeerName
  readonly port: number
  /** The server's process: its CPU time and memory are read from /proc. */
  readonly serverPid: number
  readonly rooms: readonly string[]
  readonly issuer: Issuer
}

export interface FanOutJob extends Target {
  readonly kind: 'fan-out'
  readonly membersPerRoom: number
  readonly sendersPerRoom: number
  readonly warmUpMs: number
  readonly measureMs: number
  /** Each is measured in turn, on the same sockets. */
  readonly inFlight: readonly number[]
  /** The raw server writes without being asked: nothing is sent in return, and the frames do not follow each other. */
  readonly isFlood: boolean
}

export interface RequestsJob extends Target {
  readonly kind: 'requests'
  /** A new identity token for every request, or one for all of them. */
  readonly tokens: 'same' | 'new'
  readonly connections: number
  readonly warmUpMs: number
  readonly measureMs: number
  /** How many tokens are made beforehand when each is used once. */
  readonly tokenCount: number
}

export interface JoinsJob extends Target {
  readonly kind: 'joins'
  /** Accounts bring an identity token each that was never seen; guests a name. */
  readonly who: 'accounts' | 'guests'
  readonly membersPerRoom: number
  readonly atOnce: number
  /** The first joins are not counted. */
  readonly warmUpJoins: number
  readonly measureMs: number
}

export interface MemoryJob extends Target {
  readonly kind: 'memory'
  readonly membersPerRoom: number
  readonly warmUpJoins: number
  readonly settleMs: number
}

/** Someone at a table: their uuid, and the token of the live channel. */
export interface TableSeat {
  readonly uuid: string
  readonly token: string
}

export interface RollsJob {
  readonly kind: 'rolls'
  readonly port: number
  readonly serverPid: number
  readonly tables: readonly (readonly TableSeat[])[]
  /** As fast as acknowledgements come, so many in flight for each player; or so many per second, come what may. */
  readonly pace:
    | { readonly kind: 'closed'; readonly inFlight: number }
    | { readonly kind: 'open'; readonly perSecond: number }
  readonly warmUpMs: number
  readonly measureMs: number
  /** Goes on until so many were acknowledged. */
  readonly rollsAtLeast?: number
}

/** What is measured without a server: the rules alone. */
export interface RulesJob {
  readonly kind: 'rules'
  readonly measureMs: number
}

export interface VerifyJob {
  readonly kind: 'verify'
  readonly issuer: Issuer
  readonly measureMs: number
}

export type Job = FanOutJob | RequestsJob | JoinsJob | MemoryJob | RollsJob | RulesJob | VerifyJob

/** How busy both sides were in a measured span: 1 is one core. */
export interface Load {
  readonly seconds: number
  readonly serverCpu: number
  readonly generatorCpu: number
  /** What everything else on the machine used; near 0 where nothing else runs. */
  readonly othersCpu: number
}

export interface FanOutWindow extends Load {
  readonly inFlight: number
  readonly deliveries: number
}

export interface FanOutResult {
  readonly windows: readonly FanOutWindow[]
  /** The size of one delivered frame's payload. */
  readonly frameBytes: number
  /** Deliveries whose room, sender and order were checked, over the whole life of the sockets. */
  readonly checked: number
}

export interface RequestsResult extends Load {
  readonly requests: number
  readonly answerBytes: number
}

export interface JoinsResult extends Load {
  readonly joins: number
}

export interface RollsResult extends Load {
  readonly rolls: number
  /** From when a command was due to its acknowledgement; 0 where there was no pace of its own. */
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface RulesResult {
  /** One event onto a table with 30 combatants. */
  readonly evolveMicros: number
  /** The slowest legal expression: parsed, rolled and written out. */
  readonly diceMs: number
  readonly slowestDice: string
}

export interface VerifyResult {
  readonly sync: Load & { readonly perSecond: number }
  readonly web: Load & { readonly perSecond: number }
  readonly fastest: Load & { readonly perSecond: number }
}

export interface MemoryResult {
  readonly connections: number
  readonly emptyBytes: number
  readonly fullBytes: number
}

/** @returns the job; only run.ts writes them, so their shape is trusted */
export function parseJob(text: string): Job {
  return JSON.parse(text) as Job
}
