import type { Viewer } from '@innkeeper/rooms/room-type'
import { isSame } from '../table/is-same'
import type { Line, LineCode, LineParam } from '../table/log-lines'
import type { Character } from './character'
import { viewCharacter } from './view-character'

/** What became of a character; null: it was not there before, or is not there any more. */
export interface Fate {
  readonly before: Character | null
  readonly after: Character | null
}

const stranger: Viewer = { uuid: '', role: 'watcher' }

/**
 * What the log says of a change of a character, to each as much as they see change: for strangers a character that is
 * revealed is a new one, and one that is hidden is gone.
 *
 * @param params  beyond the character's id and name
 * @returns no line when nobody sees a change
 */
export function tellCharacter(
  code: LineCode,
  { before, after }: Fate,
  params: Readonly<Record<string, LineParam>> = {},
): readonly Line[] {
  const character = after ?? before
  if (character === null || isSame(before, after)) return []
  const said = (seen: LineCode, fields: readonly string[]) => ({
    code: seen,
    params: {
      character: character.id,
      name: character.name,
      ...(seen === 'character.edited' ? { fields } : {}),
      ...params,
    },
  })
  const seen = seenBy(stranger, { before, after })
  const owner = isSeenByOwner({ before, after }) ? character.owner : null
  const shownCode = before === null || after === null ? code : codeFor(code, seen)
  return [
    {
      owner,
      // The owner reads this line as well: not that the GM has written something about them.
      full: said(
        code,
        changedFields({ before, after }).filter((field) => owner === null || field !== 'gmNotes'),
      ),
      shown: isSame(seen.before, seen.after) ? null : said(shownCode, changedFields(seen)),
    },
  ]
}

function seenBy(viewer: Viewer, { before, after }: Fate): Fate {
  return { before: before && viewCharacter(before, viewer), after: after && viewCharacter(after, viewer) }
}

function changedFields({ before, after }: Fate): readonly string[] {
  const written = (character: Character | null) => {
    const { sheet = null, revisions: _counted, ...fields } = character ?? {}
    return Object.entries({ ...fields, ...sheet })
  }
  const known = new Map<string, unknown>(written(before))
  return written(after).flatMap(([field, value]) => (isSame(value, known.get(field)) ? [] : [field]))
}

function codeFor(code: LineCode, { before, after }: Fate): LineCode {
  if (before === null) return 'character.created'
  return after === null ? 'character.removed' : code
}

function isSeenByOwner(fate: Fate): boolean {
  const owner = (fate.after ?? fate.before)?.owner ?? null
  if (owner === null) return false
  const seen = seenBy({ uuid: owner, role: 'player' }, fate)
  return !isSame(seen.before, seen.after)
}
