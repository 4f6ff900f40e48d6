import type { Combatant, Vitals } from '@innkeeper/tabletop/table/creatures'

/** @returns the newcomer that is one more of a monster, as it came; null where the row is no monster */
export function duplicateOf(
  { kind, stats, name, alias, isHidden }: Combatant,
  vitals: Vitals | undefined,
): object | null {
  if (kind !== 'monster' || stats === null || vitals?.hitPoints == null) return null
  const common = {
    alias: alias && unnumbered(alias),
    isHidden,
    hpShown: vitals.hpShown,
    diesAtZero: stats.diesAtZero,
  }
  if (stats.monster !== null)
    return { kind: 'monster', monster: stats.monster, name: unnumbered(name), ...common }
  const { armorClass, dexModifier, conSave, defences, legendaryActions, legendaryResistances, recharges } =
    stats
  return {
    kind: 'custom',
    stats: {
      name: unnumbered(name),
      maxHp: vitals.hitPoints.max,
      armorClass,
      dexModifier,
      conSave,
      ...defences,
      legendaryActions: legendaryActions?.max ?? 0,
      legendaryResistances: legendaryResistances?.max ?? 0,
      recharges: recharges.map(({ name: ability, from }) => ({ name: ability, from })),
    },
    ...common,
  }
}

/** The table numbers those of one name by itself. */
function unnumbered(name: string): string {
  return name.replace(/ \d+$/, '')
}
