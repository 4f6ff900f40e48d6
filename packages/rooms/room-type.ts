import type { ProblemCode } from '@innkeeper/protocol/problems'
import type { Random } from '@innkeeper/protocol/tools'

/** Whom events are by that no player asked for. Never a player's: `parsePlayerUuid` refuses it. */
export { innkeeper } from '@innkeeper/protocol/ids'

/** Someone who wants in, as their ticket or seat names them. `role` is what a seat says; a plain ticket says nothing. */
export interface Player {
  readonly uuid: string
  readonly nick: string
  readonly role?: string
}

/** Someone in the room, in the role that `admit` gave. */
export interface Viewer {
  readonly uuid: string
  readonly role: string
}

/** What a rule decides: a name and a JSON payload. */
export interface RoomEvent {
  readonly name: string
  readonly payload: unknown
}

/** An event with its place in the room's history: `seq` grows by one, `at` is epoch ms, `ref` the command's id. */
export type Recorded<Event extends RoomEvent> = Event & {
  readonly seq: number
  readonly at: number
  readonly by: string
  readonly ref?: string
}

/** A rule's no. It is a value, not a throw; `detail` and `extras` are shown to the player. */
export interface Refusal {
  readonly refused: ProblemCode
  readonly detail: string
  readonly extras?: Readonly<Record<string, unknown>>
}

/** A role that the state gives. `since` is the `seq` of the event that gave it: before that, another view was seen. */
export interface HeldRole {
  readonly role: string
  readonly since: number
}

/** The clock and the dice, handed in so that rules stay pure. `now` is epoch ms. */
export interface Tools {
  readonly now: number
  readonly random: Random
}

/**
 * How far apart the views of one event lie: the same for everyone, one per role, or one per player. The runtime
 * encodes an event once per audience, never once per socket.
 */
export type Audience = 'everyone' | 'role' | 'player'

/**
 * A game, as pure functions over JSON state. The runtime owns sockets, time, storage and fan-out; the browser folds
 * the same events with the same `evolve`.
 *
 * The law, property-tested for every room type: for every viewer, folding the events that viewer was sent over the
 * view they were welcomed with equals `view(state, viewer)`. `view` lists what is shown, so a new field starts secret.
 */
export interface RoomType<
  State = unknown,
  Command = unknown,
  Event extends RoomEvent = RoomEvent,
  Options = unknown,
> {
  readonly name: string
  /** `durable`: events are in the journal before anyone sees them. `ring`: only the latest are kept, in memory. */
  readonly journal: 'durable' | 'ring'
  /** Every role that `admit` may give. */
  readonly roles: readonly string[]
  /** The role of those who only look on: they take no player's place. Absent: everyone inside takes one. */
  readonly watcherRole?: string
  /** The finest audience that any event of this type needs. */
  readonly finestAudience: Audience
  /** A payload over this many bytes of JSON is refused with `too-large`. */
  readonly maxPayloadBytes: number

  parseOptions(input: unknown): { readonly options: Options } | Refusal
  parseCommand(name: string, payload: unknown): { readonly command: Command } | Refusal
  open(options: Options, tools: Tools): State
  /** Runs for every entry; the events (often none) are recorded before the welcome. */
  admit(
    state: State,
    player: Player,
    tools: Tools,
  ): { readonly role: string; readonly events: readonly Event[] } | Refusal
  /**
   * For roles that change: the one that the state gives someone now, whatever they came in as. Sockets, commands,
   * views and history all go by it. Whoever is inside when theirs changes is welcomed anew, and so is whoever comes
   * back with a `since` from before that. Somebody who had a role once has one from then on, be it the least.
   */
  roleOf?(state: State, uuid: string): HeldRole | undefined
  decide(
    state: State,
    by: Viewer,
    command: Command,
    tools: Tools,
  ): { readonly events: readonly Event[] } | Refusal
  /**
   * What has ended by itself by now (a role that was lent, a time to think). Asked when the room is opened and about
   * once a second from then on, so it has to be cheap; the events are by `innkeeper`.
   */
  elapse?(state: State, tools: Tools): readonly Event[]
  evolve(state: State, event: Recorded<Event>): State
  /**
   * Whether a kept state is one that this version of the game knows. A room whose snapshot is of another shape is
   * replayed from its first event, so `evolve` has to know events of every version.
   */
  isState?(state: unknown): boolean
  view(state: State, viewer: Viewer): State
  /** The event as this viewer may see it, or null: then only its `seq` is sent. */
  viewEvent(event: Recorded<Event>, viewer: Viewer): Recorded<Event> | null
  audienceOf(event: Recorded<Event>): Audience
}

/** @returns whether a rule said no */
export function isRefusal(result: object): result is Refusal {
  return 'refused' in result
}
