import type { Refusal, Viewer } from '@innkeeper/rooms/room-type'
import { toChange, type Change } from '../table/changes'
import type { Combatant } from '../table/creatures'
import type { Context, Decision } from '../table/decision'
import type { Character } from './character'
import type { Edit, Gift, Removal } from './character-payloads'
import { vitalsAfterEdit, type WholeCharacter } from './character-vitals'
import { refuseOwner, refuseSecrets, refuseSize } from './create-character'
import { findOwn, type OwnCharacter } from './find-character'
import { tellCharacter } from './tell-character'
import { seatOf } from '../table/seats'
import { ownOf } from '../table/own-of'
import { viewCharacter } from './view-character'

/** Replaces fields of a character or its sheet, each as a whole. A field that somebody changed meanwhile is not. */
export function editCharacter(context: Context, { id, revision, changes }: Edit): Decision | Refusal {
  const found = findOwn(context, id)
  if ('refused' in found) return found
  const { sheet: sheetFields, ...fields } = changes
  const { character } = found
  const refusal =
    refuseSecrets(context, fields) ??
    refuseStale(context.by, found, { revision, fields: Object.keys({ ...fields, ...sheetFields }) })
  if (refusal) return refusal
  const after: WholeCharacter = { ...character, ...fields, sheet: { ...character.sheet, ...sheetFields } }
  return refuseSize(after) ?? changed(context, found, { after, code: 'character.edited' })
}

/** Gives a character to a player, or takes it back to the GM. */
export function giveCharacter(context: Context, { id, owner }: Gift): Decision | Refusal {
  const found = findOwn(context, id)
  if ('refused' in found) return found
  if (owner === found.character.owner) return { refused: 'conflict', detail: 'It is theirs already' }
  const after: WholeCharacter = { ...found.character, owner }
  const to = owner === null ? undefined : seatOf(context.state, owner)?.name
  const params = to === undefined ? {} : { to }
  return refuseOwner(context, owner) ?? changed(context, found, { after, code: 'character.given', params })
}

/** Takes a character away, hit points and all. */
export function removeCharacter(context: Context, { id }: Removal): Decision | Refusal {
  const found = findOwn(context, id)
  if ('refused' in found) return found
  if (combatantOf(context, id))
    return { refused: 'conflict', detail: 'It is in the fight: take it out first' }
  return {
    changes: [
      { kind: 'character', id, value: null },
      { kind: 'vitals', id, value: null },
    ],
    lines: tellCharacter('character.removed', { before: found.character, after: null }),
  }
}

interface Edited {
  readonly after: WholeCharacter
  readonly code: 'character.edited' | 'character.given'
  readonly params?: { readonly to?: string }
}

/** Vitals and the row in the fight say whose it is and who sees it as well. */
function changed(context: Context, before: OwnCharacter, { after, code, params }: Edited): Decision {
  const { edition } = context.state
  const vitals = vitalsAfterEdit(before.vitals, after, { edition, newId: context.newId })
  const combatant = combatantOf(context, after.id)
  const changes: readonly Change[] = [
    toChange('character', after),
    toChange('vitals', vitals),
    ...(combatant ? [toChange('combatant', inStep(combatant, before.character, after))] : []),
  ]
  return { changes, lines: tellCharacter(code, { before: before.character, after }, params) }
}

/** A row may be hidden or shown by itself: it follows the character where that changes. */
function inStep(combatant: Combatant, before: Character, { owner, name, isHidden }: Character): Combatant {
  const hides = isHidden !== before.isHidden ? { isHidden } : {}
  return { ...combatant, owner, name, ...hides }
}

function combatantOf({ state: { game } }: Context, id: string): Combatant | undefined {
  return ownOf(game.combatant, id)
}

interface Asked {
  readonly revision: number
  readonly fields: readonly string[]
}

/** By the revisions that the editor can see: what the GM writes for themselves makes no edit of a player stale. */
function refuseStale(
  by: Viewer,
  { character }: OwnCharacter,
  { revision, fields }: Asked,
): Refusal | undefined {
  const known = new Map(Object.entries(viewCharacter(character, by)?.revisions ?? {}))
  const changed = fields.filter((field) => (known.get(field) ?? 0) > revision)
  if (changed.length === 0) return undefined
  const values = new Map<string, unknown>(Object.entries({ ...character, ...character.sheet }))
  return {
    refused: 'stale-edit',
    detail: `Somebody changed this meanwhile: ${changed.join(', ')}`,
    extras: {
      changed,
      current: Object.fromEntries(changed.map((field) => [field, values.get(field)])),
      revision: Math.max(...known.values()),
    },
  }
}
