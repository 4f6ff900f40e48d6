import type { Sheet } from '@innkeeper/tabletop/characters/sheet'
import type { Vitals } from '@innkeeper/tabletop/table/creatures'
import { toStockRows, type StockRow } from './stock-rows'

/** One thing that a rest changed; `by` is below 0 for what it took. */
export type RestGain =
  | { readonly what: 'hit-points' | 'temporary' | 'exhaustion' | 'maximum'; readonly by: number }
  | { readonly what: StockRow['what']; readonly row: StockRow; readonly by: number }

/** @returns what is different after a rest, hit points first; empty: it changed nothing */
export function toRestGains(sheet: Sheet, before: Vitals, after: Vitals): readonly RestGain[] {
  const numbers: readonly RestGain[] = [
    { what: 'hit-points', by: (after.hitPoints?.now ?? 0) - (before.hitPoints?.now ?? 0) },
    { what: 'temporary', by: (after.hitPoints?.temporary ?? 0) - (before.hitPoints?.temporary ?? 0) },
    { what: 'maximum', by: (after.hitPoints?.maxChange ?? 0) - (before.hitPoints?.maxChange ?? 0) },
    { what: 'exhaustion', by: after.exhaustion - before.exhaustion },
  ]
  const [had, has] = [toStockRows(sheet, before), toStockRows(sheet, after)]
  const stock = (['slot', 'resource', 'hit-die'] as const).flatMap((what) =>
    has[what].map((row, index) => ({ what, row, by: row.left - (had[what][index]?.left ?? row.left) })),
  )
  return [...numbers, ...stock].filter(({ by }) => by !== 0)
}
