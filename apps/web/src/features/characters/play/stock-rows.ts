import { countUnder, stockOf } from '@innkeeper/tabletop/characters/character-vitals'
import { hitDice, slotLevels, type ResourceRest, type Sheet } from '@innkeeper/tabletop/characters/sheet'
import type { Vitals } from '@innkeeper/tabletop/table/creatures'

/** Something that is used up and comes back: slots of one level, a resource, hit dice of one size. */
export interface StockRow {
  readonly what: 'slot' | 'resource' | 'hit-die'
  /** As `character.spend` names it: a slot level or `pact`, a resource's id, a die. */
  readonly key: string
  /** Of a resource, in the player's words. */
  readonly name: string | null
  /** Of a resource: when it comes back. */
  readonly per: ResourceRest | null
  readonly left: number
  readonly max: number
}

/** @returns what the sheet has of each kind, in the order of the sheet */
export function toStockRows(
  sheet: Sheet,
  { spent }: Pick<Vitals, 'spent'>,
): Readonly<Record<StockRow['what'], readonly StockRow[]>> {
  const stock = stockOf(sheet)
  const row = (what: StockRow['what'], key: string, counts: { max: number; used: number }): StockRow => ({
    what,
    key,
    name: null,
    per: null,
    max: counts.max,
    left: Math.max(0, counts.max - counts.used),
  })
  const known = spent ?? { slots: {}, resources: {}, hitDice: {} }
  const slots = [...slotLevels, 'pact'].map((key) =>
    row('slot', key, { max: countUnder(stock.slots, key), used: countUnder(known.slots, key) }),
  )
  const dice = hitDice.map((key) =>
    row('hit-die', key, { max: countUnder(stock.hitDice, key), used: countUnder(known.hitDice, key) }),
  )
  return {
    slot: slots.filter(({ max }) => max > 0),
    resource: sheet.resources.map(({ id, name, max, per }) => ({
      ...row('resource', id, { max, used: countUnder(known.resources, id) }),
      name,
      per,
    })),
    'hit-die': dice.filter(({ max }) => max > 0),
  }
}
