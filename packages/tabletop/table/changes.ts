import type { Character } from '../characters/character'
import type { Combat, Combatant, Vitals } from './creatures'

/** The game's data, by kind of entity and then by id. There is one `combat`, of id `combat`. */
export interface Entities {
  readonly character: Readonly<Record<string, Character>>
  readonly vitals: Readonly<Record<string, Vitals>>
  readonly combatant: Readonly<Record<string, Combatant>>
  readonly combat: Readonly<Record<string, Combat>>
}
export type EntityKind = keyof Entities
export type EntityOf<Kind extends EntityKind> = Entities[Kind][string]

/**
 * One entity as it is from now on; null: it is gone. `before` is what it was, so that a view can tell whether a viewer
 * sees any difference, and so that it can be undone. It is cut off for everyone.
 */
export type Change = { readonly [Kind in EntityKind]: ChangeOf<Kind> }[EntityKind]

export interface ChangeOf<Kind extends EntityKind> {
  readonly kind: Kind
  readonly id: string
  readonly value: EntityOf<Kind> | null
  readonly before?: EntityOf<Kind> | null
}

/** @returns the change that makes an entity what is given, by its own id */
export function toChange<Kind extends Exclude<EntityKind, 'combat'>>(
  kind: Kind,
  value: EntityOf<Kind>,
): ChangeOf<Kind> {
  return { kind, id: value.id, value }
}

/** @returns the entities with the changes in them; those that did not change stay the same objects */
export function applyChanges(entities: Entities, changes: readonly Change[]): Entities {
  let next: Entities = entities
  for (const change of changes) next = { ...next, [change.kind]: withChange(next[change.kind], change) }
  return next
}

function withChange(
  known: Readonly<Record<string, unknown>>,
  { id, value }: Change,
): Readonly<Record<string, unknown>> {
  if (value !== null) return { ...known, [id]: value }
  const { [id]: _gone, ...rest } = known
  return rest
}
