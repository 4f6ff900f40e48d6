/** How much a sheet may hold. Texts are counted in graphemes. */
export const sheetLimits = {
  name: 60,
  note: 300,
  text: 4_000,
  featureText: 1_500,
  damage: 80,
  levels: 20,
  hitPoints: 9_999,
  classes: 8,
  resources: 40,
  attacks: 40,
  rollTraits: 40,
  lines: 60,
  features: 80,
  inventory: 200,
} as const

/** How much may be written around a sheet, and how many sheets there may be. Texts are counted in graphemes. */
export const characterLimits = {
  name: 40,
  summary: 120,
  notes: 2_000,
  /** A character with its sheet, as JSON in UTF-8. */
  bytes: 24 * 1024,
  perPlayer: 6,
  perTable: 60,
} as const
