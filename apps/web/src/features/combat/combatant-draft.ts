import type { Combatant } from '@innkeeper/tabletop/table/creatures'

/** A combatant as the form has it: texts as they are typed, '' for nothing. */
export interface CombatantDraft {
  readonly name: string
  readonly alias: string
  readonly initiative: string
  readonly armorClass: string
  readonly rider: string
  readonly diesAtZero: boolean
  readonly note: string
}

/** @returns what the form begins with */
export function toCombatantDraft({ name, alias, initiative, rider, stats }: Combatant): CombatantDraft {
  return {
    name,
    alias: alias ?? '',
    initiative: initiative === null ? '' : String(initiative),
    armorClass: stats?.armorClass == null ? '' : String(stats.armorClass),
    rider: rider ?? '',
    diesAtZero: stats?.diesAtZero ?? true,
    note: stats?.note ?? '',
  }
}

/** @returns what to send for what was changed in the form; null: nothing was */
export function combatantChanges(before: CombatantDraft, after: CombatantDraft): object | null {
  const changes = {
    ...(after.name.trim() === before.name ? {} : { name: after.name.trim() }),
    ...(after.alias.trim() === before.alias ? {} : { alias: orNull(after.alias) }),
    ...(after.initiative === before.initiative ? {} : { initiative: numberOrNull(after.initiative) }),
    ...(after.armorClass === before.armorClass ? {} : { armorClass: numberOrNull(after.armorClass) }),
    ...(after.rider === before.rider ? {} : { rider: orNull(after.rider) }),
    ...(after.diesAtZero === before.diesAtZero ? {} : { diesAtZero: after.diesAtZero }),
    ...(after.note === before.note ? {} : { note: after.note }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

function numberOrNull(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
