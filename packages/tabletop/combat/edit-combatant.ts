import type { Refusal } from '@innkeeper/rooms/room-type'
import { toChange, type Change } from '../table/changes'
import type { Combat, Combatant, Vitals } from '../table/creatures'
import type { Context, Decision } from '../table/decision'
import type { Line } from '../table/log-lines'
import { unknownCreature } from './creature'
import { ownOf } from '../table/own-of'
import type { CombatantEdits } from './roster-payloads'
import { tellRow } from './tell-row'
import { mountsAfter } from './initiative-commands'
import { combatOf, toCombatChange } from './the-fight'

/** Changes a combatant by hand; whether players see it goes for its hit points and its turn as well. */
export function editCombatant(context: Context, id: string, edits: CombatantEdits): Decision | Refusal {
  const { game } = context.state
  const combatant = ownOf(game.combatant, id)
  if (!combatant) return unknownCreature(id)
  const refusal = edits.rider == null ? undefined : refuseRider(context, id, edits.rider)
  if (refusal) return refusal
  const edited = withEdits(context, combatant, edits)
  const vitals = ownOf(game.vitals, id)
  const mounts = edited.initiative === combatant.initiative ? [] : mountsAfter(game, [edited])
  const changes: Change[] = [edited, ...mounts].map((row) => toChange('combatant', row))
  if (vitals) changes.push(toChange('vitals', withVisibility(vitals, edits)))
  const character = ownOf(game.character, id)
  if (character && (edits.isHidden !== undefined || edits.hpShown !== undefined))
    changes.push(
      toChange('character', {
        ...character,
        isHidden: edits.isHidden ?? character.isHidden,
        hpShown: edits.hpShown ?? character.hpShown,
      }),
    )
  const combat = combatOf(game)
  if (combat) changes.push(toCombatChange(withTurnShown(combat, edited)))
  return { changes, lines: tell(combatant, edited) }
}

/** Whoever rides is not ridden: else nobody would know whose initiative counts. */
function refuseRider({ state: { game } }: Context, id: string, rider: string): Refusal | undefined {
  const row = ownOf(game.combatant, rider)
  if (!row || rider === id) return unknownCreature(rider)
  const isRidden = Object.values(game.combatant).some((mount) => mount.rider === id)
  if (row.rider === null && !isRidden) return undefined
  return { refused: 'conflict', detail: 'A mount does not ride', extras: { entity: rider } }
}

function withEdits({ state: { game } }: Context, combatant: Combatant, edits: CombatantEdits): Combatant {
  const { armorClass, diesAtZero, note, isOut, rider } = edits
  const mountedOn = rider == null ? undefined : ownOf(game.combatant, rider)
  return {
    ...combatant,
    name: (combatant.kind === 'character' ? undefined : edits.name) ?? combatant.name,
    alias: edits.alias === undefined ? combatant.alias : edits.alias,
    isHidden: edits.isHidden ?? combatant.isHidden,
    initiative: initiativeAfter(combatant, edits, mountedOn),
    group: edits.group === undefined ? combatant.group : edits.group,
    isSurprised: edits.isSurprised ?? combatant.isSurprised,
    status: isOut === undefined ? combatant.status : isOut ? 'out' : 'active',
    rider: rider === undefined ? combatant.rider : rider,
    stats: combatant.stats && {
      ...combatant.stats,
      armorClass: armorClass === undefined ? combatant.stats.armorClass : armorClass,
      diesAtZero: diesAtZero ?? combatant.stats.diesAtZero,
      note: note ?? combatant.stats.note,
    },
  }
}

/** A mount takes its rider's initiative. */
function initiativeAfter(
  combatant: Combatant,
  edits: CombatantEdits,
  rider: Combatant | undefined,
): number | null {
  if (rider) return rider.initiative
  return edits.initiative === undefined ? combatant.initiative : edits.initiative
}

function withVisibility(vitals: Vitals, { isHidden, hpShown }: CombatantEdits): Vitals {
  return { ...vitals, isHidden: isHidden ?? vitals.isHidden, hpShown: hpShown ?? vitals.hpShown }
}

/** Who steps out of hiding on their own turn is seen to have it; who hides is no longer pointed at. */
function withTurnShown(combat: Combat, edited: Combatant): Combat {
  const { real } = combat
  if (real?.turn === edited.id && !edited.isHidden) return { ...combat, round: real.round, turn: real.turn }
  return combat.turn === edited.id && edited.isHidden ? { ...combat, turn: null } : combat
}

function tell(before: Combatant, after: Combatant): readonly Line[] {
  if (before.isHidden && !after.isHidden)
    return [tellRow(after, { code: 'combatant.joined', params: { count: 1 } })]
  if (!before.isHidden && after.isHidden) return [tellRow(before, { code: 'combatant.left' })]
  return [tellRow({ ...after, isHidden: true }, { code: 'combatant.edited' })]
}
