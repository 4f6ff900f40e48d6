import type { Language } from '@innkeeper/tabletop/language/languages'
import { sayLine } from '@innkeeper/tabletop/language/say-line'
import type { Step } from '@innkeeper/tabletop/rules/trace'
import { lineCodes, saidOf, type LineCode } from '@innkeeper/tabletop/table/log-lines'
import type { LineEntry, TableState } from '@innkeeper/tabletop/table/table-state'

/** A line as its reader sees it. */
export interface LineView {
  readonly code: LineCode
  /** One sentence without a full stop. */
  readonly text: string
  readonly why: readonly Step[]
  /** Who else may read it; null: everyone. `owner` is the name of the player who may. */
  readonly secret: { readonly for: 'gm' | 'me' } | { readonly for: 'owner'; readonly owner: string } | null
}

/** Who reads, and in which language. */
export interface LineReader {
  readonly me: string
  readonly language: Language
  readonly players: TableState['players']
}

/** @returns null for a line that says nothing to this reader */
export function toLineView({ payload }: LineEntry, reader: LineReader): LineView | null {
  const said = saidOf(payload)
  if (said === null) return null
  // A newer server may say what this page has no sentence for.
  const isKnown = lineCodes.some((code) => code === said.code)
  return {
    code: said.code,
    text: isKnown ? sayLine(said, reader.language) : said.code,
    why: said.why ?? [],
    secret: payload.shown === null ? secretOf(payload.owner, reader) : null,
  }
}

function secretOf(owner: string | null, { me, players }: LineReader): LineView['secret'] {
  if (owner === null) return { for: 'gm' }
  return owner === me ? { for: 'me' } : { for: 'owner', owner: players[owner]?.name ?? '?' }
}
