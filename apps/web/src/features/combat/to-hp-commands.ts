import type { DamageType, Material } from '@innkeeper/tabletop/table/creatures'
import type { HpEntry } from './parse-hp-entry'
import type { FightCommand } from './use-fight-command'

/** Whom it is done to, and how. */
export interface HpTargets {
  readonly ids: readonly string[]
  /** Those who saved for half. */
  readonly halved: ReadonlySet<string>
  readonly isMagical: boolean
  readonly isCritical: boolean
  readonly isNonlethal: boolean
  readonly material: Material | null
}

/** @returns what to send for an entry: one command, and one for each target where hit points are set */
export function toHpCommands(entry: HpEntry, targets: HpTargets): readonly FightCommand[] {
  const { ids } = targets
  const { verb, amount } = entry
  switch (verb) {
    case 'damage':
      return [{ name: 'combat.damage', payload: damageOf(entry, targets) }]
    case 'heal':
      return [{ name: 'combat.heal', payload: { targets: ids, amount } }]
    case 'temporary':
      return [{ name: 'combat.temporary-hp', payload: { targets: ids, amount } }]
    case 'set':
      return ids.map((id) => ({ name: 'combat.set-hp', payload: { id, now: amount } }))
  }
}

function damageOf({ amount, type }: Extract<HpEntry, { verb: 'damage' }>, targets: HpTargets): object {
  const { ids, halved, isMagical, isCritical, isNonlethal, material } = targets
  return {
    targets: ids.map((id) => (halved.has(id) ? { id, isHalved: true } : { id })),
    ...amountOf(amount, type),
    ...(isMagical ? { isMagical } : {}),
    ...(isCritical ? { isCritical } : {}),
    ...(isNonlethal ? { knockOut: true } : {}),
    ...(material === null ? {} : { material }),
  }
}

function amountOf(amount: number | string, type: DamageType | null): object {
  if (typeof amount === 'number') return type === null ? { amount } : { parts: [{ amount, type }] }
  // Dice that name their types themselves know better than a chip that is still pressed.
  return { amount: type === null || amount.includes('[') ? amount : `${amount} [${type}]` }
}
