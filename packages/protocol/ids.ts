/** Ids carry a brand, so that a room's id cannot be handed over where a player's is meant. */
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** A room; for a table it is the session's id too. */
export type RoomId = Branded<'RoomId'>
/** An account's UUID, a seat's UUID, or `guest:<name>#<random>`. */
export type PlayerUuid = Branded<'PlayerUuid'>
/** One socket of one player; never reused. */
export type ConnectionId = Branded<'ConnectionId'>
/** One game-server process. */
export type NodeId = Branded<'NodeId'>
/** One sign-in (of an account) or one seat's login: the family that its tokens belong to. */
export type SignInId = Branded<'SignInId'>

/** Who acts in a room when no player does: an event needs somebody that it is by, and a player must not pass for it. */
export const innkeeper = 'innkeeper'

const roomIdPattern = /^[A-Za-z0-9_-]{1,64}$/

/** @returns the id, or undefined when `value` cannot be a room's id (1 to 64 of `A-Z a-z 0-9 _ -`) */
export function parseRoomId(value: unknown): RoomId | undefined {
  return typeof value === 'string' && roomIdPattern.test(value) ? (value as RoomId) : undefined
}

/**
 * @returns the id, or undefined when `value` cannot be a player's (1 to 128 characters, no control characters, not
 * the innkeeper's)
 */
export function parsePlayerUuid(value: unknown): PlayerUuid | undefined {
  if (typeof value !== 'string' || value.length < 1 || value.length > 128 || value === innkeeper)
    return undefined
  if (!value.isWellFormed()) return undefined
  return /[\p{Cc}\s]/u.test(value) ? undefined : (value as PlayerUuid)
}
