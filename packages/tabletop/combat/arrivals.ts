import type { Refusal } from '@innkeeper/rooms/room-type'
import { toChange, type Change } from '../table/changes'
import type { Combatant } from '../table/creatures'
import type { Context } from '../table/decision'
import type { Line } from '../table/log-lines'
import type { TableDice } from '../table/table-dice'
import { rollAmount } from './amounts'
import { unknownCreature } from './creature'
import { ownOf } from '../table/own-of'
import { arrive, fromCompendium, fromHand, type StatBlock } from './monsters'
import { numberedNames } from './numbered-names'
import { lairInitiative, rankBehind } from './order'
import type { Newcomer } from './roster-payloads'
import { tellRow } from './tell-row'

/** Those who come to a fight with one command; who is brought is added to it. */
export interface Arriving {
  readonly context: Context
  readonly dice: TableDice
  readonly rows: Combatant[]
  readonly changes: Change[]
  readonly lines: Line[]
}

/** Brings one newcomer, or as many as it counts. */
export function bring(arriving: Arriving, wish: Newcomer): Refusal | undefined {
  switch (wish.kind) {
    case 'character':
      return bringCharacter(arriving, wish)
    case 'lair':
      seat(arriving, lairRow(arriving, wish), 1)
      return undefined
    case 'monster':
    case 'custom': {
      const block = wish.kind === 'monster' ? fromCompendium(wish.monster) : fromHand(wish.stats)
      return 'refused' in block ? block : bringMonsters(arriving, wish, block)
    }
  }
}

function bringCharacter(
  arriving: Arriving,
  { id, initiative }: Extract<Newcomer, { kind: 'character' }>,
): Refusal | undefined {
  const { game } = arriving.context.state
  const character = ownOf(game.character, id)
  if (!character) return unknownCreature(id)
  if (ownOf(game.combatant, id) || arriving.rows.some((row) => row.id === id))
    return { refused: 'conflict', detail: 'It is in the fight already', extras: { entity: id } }
  const { name, owner, isHidden } = character
  seat(arriving, { ...emptyRow, id, kind: 'character', name, owner, isHidden, initiative, rank: 0 }, 1)
  return undefined
}

const emptyRow = {
  alias: null,
  group: null,
  status: 'active',
  isSurprised: false,
  isReactionUsed: false,
  rider: null,
  stats: null,
} as const

function lairRow(
  { context }: Arriving,
  { name, alias, isHidden }: Extract<Newcomer, { kind: 'lair' }>,
): Combatant {
  const id = context.newId()
  return {
    ...emptyRow,
    id,
    kind: 'lair',
    owner: null,
    name,
    alias,
    isHidden,
    initiative: lairInitiative,
    rank: 0,
  }
}

function bringMonsters(
  arriving: Arriving,
  wish: Extract<Newcomer, { kind: 'monster' | 'custom' }>,
  block: StatBlock,
): Refusal | undefined {
  const { context, dice } = arriving
  const { count, alias, isHidden, hpShown, isGroup, initiative, diesAtZero } = wish
  const given = wish.kind === 'monster' ? (wish.name ?? block.name) : block.name
  const taken = [...Object.values(context.state.game.combatant), ...arriving.rows]
  const names = numberedNames(given, { count, taken: taken.map(({ name }) => name), isHidden })
  const takenAliases = taken.flatMap((row) => row.alias ?? [])
  const aliases = alias === null ? [] : numberedNames(alias, { count, taken: takenAliases, isHidden })
  const group = isGroup && count > 1 ? context.newId() : null
  for (const [index, name] of names.entries()) {
    const hp =
      wish.hp === 'rolled' && block.hitDice !== null
        ? rollAmount(block.hitDice, dice)
        : { total: block.maxHp }
    if ('refused' in hp) return hp
    const { combatant, vitals } = arrive(block, {
      id: context.newId(),
      name,
      alias: aliases[index] ?? null,
      isHidden,
      hpShown,
      group,
      initiative,
      rank: 0,
      diesAtZero,
      maxHp: Math.max(1, hp.total),
    })
    arriving.changes.push(toChange('vitals', vitals))
    seat(arriving, combatant, index === 0 ? count : 0)
  }
  return undefined
}

/** @param told  how many the log speaks of; 0: it has spoken already */
function seat(arriving: Arriving, row: Combatant, told: number): void {
  const { rows, changes, lines, context } = arriving
  const others = [...Object.values(context.state.game.combatant), ...rows]
  const combatant = { ...row, rank: rankBehind(others, row) }
  rows.push(combatant)
  changes.push(toChange('combatant', combatant))
  if (told > 0) lines.push(tellRow(combatant, { code: 'combatant.joined', params: { count: told } }))
}
