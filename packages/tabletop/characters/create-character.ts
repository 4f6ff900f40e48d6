import type { Refusal } from '@innkeeper/rooms/room-type'
import { toChange } from '../table/changes'
import type { Vitals } from '../table/creatures'
import type { Context, Decision } from '../table/decision'
import { seatOf } from '../table/seats'
import type { Creation } from './character-payloads'
import { freshVitals, type WholeCharacter } from './character-vitals'
import { vitalsOf, type CharacterDocument } from './exchange'
import { blankSheet } from './sheet'
import { characterLimits } from './sheet-limits'
import { tellCharacter } from './tell-character'

/** A new character: a player's own, or for the GM anybody's. */
export function createCharacter(context: Context, creation: Creation): Decision | Refusal {
  const { owner: wished, ...written } = creation
  const isGm = context.by.role === 'gm'
  const owner = wished === undefined ? (isGm ? null : context.by.uuid) : wished
  if (!isGm && owner !== context.by.uuid)
    return { refused: 'not-allowed', detail: 'owner: Only the game master makes characters for others' }
  const refusal = refuseSecrets(context, written) ?? refuseOwner(context, owner)
  if (refusal) return refusal
  const character: WholeCharacter = {
    id: context.newId(),
    owner,
    isHidden: false,
    hpShown: 'exact',
    summary: '',
    publicNotes: '',
    gmNotes: '',
    ...written,
    sheet: written.sheet ?? blankSheet,
  }
  return added(context, character, freshVitals(character))
}

/** A character from a document, as it was there: hit points, conditions and all. It belongs to whoever brings it. */
export function importCharacter(context: Context, document: CharacterDocument): Decision | Refusal {
  const owner = context.by.role === 'gm' ? null : context.by.uuid
  const refusal = refuseOwner(context, owner)
  if (refusal) return refusal
  const character: WholeCharacter = {
    id: context.newId(),
    owner,
    isHidden: false,
    gmNotes: '',
    ...document.character,
  }
  return added(context, character, vitalsOf(document, character, context.newId))
}

function added(context: Context, character: WholeCharacter, vitals: Vitals): Decision | Refusal {
  const refusal = refuseSize(character) ?? refuseCount(context)
  if (refusal) return refusal
  return {
    changes: [toChange('character', character), toChange('vitals', vitals)],
    lines: tellCharacter('character.created', { before: null, after: character }),
  }
}

/** @returns the refusal of fields that a player has no say in */
export function refuseSecrets(
  { by }: Context,
  { isHidden, gmNotes }: { readonly isHidden?: boolean; readonly gmNotes?: string },
): Refusal | undefined {
  if (by.role === 'gm' || (isHidden === undefined && gmNotes === undefined)) return undefined
  const field = isHidden === undefined ? 'gmNotes' : 'isHidden'
  return { refused: 'not-allowed', detail: `${field}: This is for the game master`, extras: { field } }
}

/** @returns the refusal of an owner without a seat, or with all characters that a player may have */
export function refuseOwner({ state }: Context, owner: string | null): Refusal | undefined {
  if (owner === null) return undefined
  const role = seatOf(state, owner)?.role
  if (role !== 'player' && role !== 'gm')
    return { refused: 'conflict', detail: 'owner: This player has no seat at this table' }
  const theirs = Object.values(state.game.character).filter((character) => character.owner === owner)
  if (theirs.length < characterLimits.perPlayer) return undefined
  const detail = `A player has at most ${characterLimits.perPlayer} characters`
  return { refused: 'conflict', detail, extras: { limit: characterLimits.perPlayer } }
}

function refuseCount({ state }: Context): Refusal | undefined {
  if (Object.keys(state.game.character).length < characterLimits.perTable) return undefined
  const detail = `A table has at most ${characterLimits.perTable} characters`
  return { refused: 'conflict', detail, extras: { limit: characterLimits.perTable } }
}

/** @returns the refusal of a character that is too large as a whole */
export function refuseSize({ revisions: _kept, ...written }: WholeCharacter): Refusal | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(written)).length
  if (bytes <= characterLimits.bytes) return undefined
  return {
    refused: 'too-large',
    detail: `A character takes at most ${characterLimits.bytes} bytes of JSON, this one takes ${bytes}`,
    extras: { limit: characterLimits.bytes, bytes },
  }
}
