import type { Viewer } from '@innkeeper/rooms/room-type'
import { closenessOf } from '../table/view-creatures'
import type { Character } from './character'
import { blankSheet } from './sheet'

/** @returns what a viewer may know of a character; null: not even that it exists */
export function viewCharacter(character: Character, viewer: Viewer): Character | null {
  const closeness = closenessOf(character, viewer)
  if (closeness === 'gm') return character
  if (closeness === 'other' && character.isHidden) return null
  const { id, owner, isHidden, hpShown, name, summary, publicNotes, sheet, revisions } = character
  const isOwner = closeness === 'owner'
  return {
    id,
    owner,
    isHidden,
    hpShown,
    name,
    summary,
    publicNotes,
    sheet: isOwner ? sheet : null,
    gmNotes: '',
    revisions: isOwner && revisions ? ownRevisions(revisions) : null,
  }
}

/** Fields that an owner reads; how often the GM wrote notes is the GM's alone. */
const ownFields: ReadonlySet<string> = new Set([
  ...['owner', 'isHidden', 'hpShown', 'name', 'summary', 'publicNotes'],
  ...Object.keys(blankSheet),
])

function ownRevisions(revisions: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(revisions).filter(([field]) => ownFields.has(field)))
}
