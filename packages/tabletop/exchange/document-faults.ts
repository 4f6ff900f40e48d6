import type { Vitals } from '../table/creatures'
import type { TableDocument } from './document'

/** Where a document does not fit together, and what was expected there. */
export interface DocumentFault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

type Faults = Iterable<DocumentFault>
type Game = TableDocument['game']

/**
 * What the shape of a document does not say: who is who, what belongs to what, and that no part is too large.
 *
 * @param partBytes  of one entity, or one entry of the log, as JSON in UTF-8
 */
export function* documentFaults(
  document: Omit<TableDocument, 'format' | 'version'>,
  partBytes: number,
): Faults {
  const refs = new Set(document.players.map(({ ref }) => ref))
  yield* playerFaults(document.players)
  yield* ownerFaults(document.game, refs)
  yield* characterFaults(document.game)
  yield* fightFaults(document.game)
  yield* logFaults(document.log, refs)
  yield* sizeFaults(document, partBytes)
}

function* playerFaults(players: TableDocument['players']): Faults {
  for (const [index, { ref, role }] of players.entries()) {
    if (ref !== `p${index + 1}`) yield { path: ['players', index, 'ref'], message: `Expected p${index + 1}` }
    if (role !== (index === 0 ? 'gm' : 'player'))
      yield { path: ['players', index, 'role'], message: 'Expected p1, and no other, to be the gm' }
  }
}

interface Owned {
  readonly id: string
  readonly owner: string | null
}

function* ownerFaults(game: Game, refs: ReadonlySet<string>): Faults {
  for (const kind of ['character', 'vitals', 'combatant'] as const) {
    const entities: Readonly<Record<string, Owned>> = game[kind]
    for (const [id, entity] of Object.entries(entities)) {
      const path = ['game', kind, id]
      if (entity.id !== id) yield { path: [...path, 'id'], message: 'Expected the id that it stands under' }
      if (entity.owner !== null && !refs.has(entity.owner))
        yield { path: [...path, 'owner'], message: 'Expected one of the players, or null' }
    }
  }
}

function* characterFaults({ character, vitals, combatant }: Game): Faults {
  for (const { id, owner, isHidden, hpShown, sheet } of Object.values(character)) {
    const own = vitals[id]
    const path = ['game', 'vitals', id]
    if (own?.kind !== 'character') yield { path, message: 'Expected the vitals of this character' }
    else if (own.owner !== owner || own.isHidden !== isHidden || own.hpShown !== hpShown)
      yield { path, message: 'Expected the owner, isHidden and hpShown of the character' }
    else if (own.hitPoints?.max !== sheet?.maxHitPoints)
      yield { path: [...path, 'hitPoints', 'max'], message: 'Expected the maximum of the sheet' }
  }
  for (const known of Object.values(vitals)) {
    const path = ['game', 'vitals', known.id]
    const isThere =
      known.kind === 'character' ? known.id in character : combatant[known.id]?.kind === 'monster'
    if (!isThere) yield { path, message: 'Expected whose vitals these are to be here too' }
    yield* lifeFaults(known, path)
  }
}

function* lifeFaults({ life, hitPoints, conditions }: Vitals, path: readonly string[]): Faults {
  if (hitPoints === null) return
  const maximum = Math.max(0, hitPoints.max + hitPoints.maxChange)
  if (hitPoints.now > maximum)
    yield { path: [...path, 'hitPoints', 'now'], message: `Expected at most ${maximum}, the maximum` }
  if ((life === 'conscious') !== hitPoints.now > 0)
    yield { path: [...path, 'life'], message: 'Expected conscious above 0 hit points, and only there' }
  if (new Set(conditions.map(({ id }) => id)).size < conditions.length)
    yield { path: [...path, 'conditions'], message: 'Expected ids that differ' }
}

function* fightFaults({ vitals, combatant, combat: { combat } }: Game): Faults {
  const rows = Object.values(combatant)
  if (rows.length > 0 && !combat) yield { path: ['game', 'combat'], message: 'Expected the fight' }
  for (const row of rows) {
    // A character's row may outlive the character: its player takes back having made it.
    if ((row.kind === 'monster') !== (vitals[row.id]?.kind === 'monster'))
      yield {
        path: ['game', 'combatant', row.id],
        message: 'Expected vitals of a monster, and of monsters alone',
      }
    if ((row.stats !== null) !== (row.kind === 'monster'))
      yield { path: ['game', 'combatant', row.id, 'stats'], message: 'Expected stats of monsters alone' }
  }
  for (const turn of [combat?.turn ?? null, combat?.real?.turn ?? null])
    if (turn !== null && !(turn in combatant))
      yield { path: ['game', 'combat', 'combat'], message: 'Expected the turn of somebody who is there' }
}

function* logFaults(log: TableDocument['log'], refs: ReadonlySet<string>): Faults {
  for (const [index, entry] of log.entries()) {
    const path = ['log', index]
    if (entry.by !== null && !refs.has(entry.by))
      yield { path: [...path, 'by'], message: 'Expected one of the players, or null' }
    if (entry.name === 'dice.rolled') {
      if (entry.payload.visibility === 'self' && entry.by !== 'p1')
        yield { path, message: 'Expected no roll that a player made for themselves alone' }
      continue
    }
    const { owner, full, shown } = entry.payload
    if (owner !== null && !refs.has(owner))
      yield { path: [...path, 'payload', 'owner'], message: 'Expected one of the players, or null' }
    if (full?.code === 'table.imported' || shown?.code === 'table.imported')
      yield { path, message: 'Expected nothing of how the table came about' }
  }
}

function* sizeFaults(
  { game, log, players }: Omit<TableDocument, 'format' | 'version'>,
  bytes: number,
): Faults {
  const encoder = new TextEncoder()
  const isTooLarge = (part: unknown) => encoder.encode(JSON.stringify(part)).length > bytes
  const message = `Expected at most ${bytes} bytes of JSON`
  for (const kind of ['character', 'vitals', 'combatant'] as const)
    for (const [id, entity] of Object.entries(game[kind]))
      if (isTooLarge(entity)) yield { path: ['game', kind, id], message }
  for (const [index, entry] of log.entries()) if (isTooLarge(entry)) yield { path: ['log', index], message }
  for (const [index, player] of players.entries())
    if (isTooLarge(player)) yield { path: ['players', index], message }
}
