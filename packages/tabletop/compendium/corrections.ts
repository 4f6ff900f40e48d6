/**
 * Where the package and SRD 5.1 part. Creatures and passages that the SRD does not have come under no licence of ours:
 * they are left out. What was misread, miscounted or forgotten is put right.
 */

const notInSrd = new Set(['adult-blue-dracolich', 'carrion-crawler', 'cave-bear'])

/** The package has 22 where the SRD has 33; the SRD's own 148 for the devil is a sum gone wrong in 17d10+85. */
const hitPointsById = new Map([
  ['cult-fanatic', 33],
  ['horned-devil', 178],
])

/** Defences of the walking dead as the errata have them: first printings mixed up what they resist and what they are immune to. */
const defencesById: ReadonlyMap<string, CorrectedDefences> = new Map([
  [
    'ghast',
    { resistances: ['necrotic'], immunities: ['poison'], conditions: ['charmed', 'exhaustion', 'poisoned'] },
  ],
  ['ghoul', { resistances: [], immunities: ['poison'], conditions: ['charmed', 'exhaustion', 'poisoned'] }],
  ['skeleton', { resistances: [], immunities: ['poison'], conditions: ['exhaustion', 'poisoned'] }],
  [
    'wight',
    {
      resistances: [
        'necrotic',
        "bludgeoning, piercing, and slashing from nonmagical weapons that aren't silvered",
      ],
      immunities: ['poison'],
      conditions: ['exhaustion', 'poisoned'],
    },
  ],
  ['zombie', { resistances: [], immunities: ['poison'], conditions: ['poisoned'] }],
])

/** Passages that the package forgot, and another dragon that has the very same ones. */
const borrowedPassages = {
  traits: new Map([['ancient-blue-dragon', 'ancient-red-dragon']]),
  legendaryActions: new Map([['adult-brass-dragon', 'adult-copper-dragon']]),
}

// Letters that a scanner took for digits, and gaps in numbers.
const misreadings: readonly (readonly [RegExp, string])[] = [
  [/\(l(?=\dd)/g, '(1'],
  [/\(S(?=d\d)/g, '(5'],
  [/d1O\b/g, 'd10'],
  [/DC l(?=\d)/g, 'DC 1'],
  [/(?<=\(\d) d(?=\d)/g, 'd'],
  [/\b1 5-foot/g, '15-foot'],
  [/90- foot/g, '90-foot'],
  [/\+ (?=\d+ to hit)/g, '+'],
  [/ (?=,)/g, ''],
  [/ft\.\./g, 'ft.'],
]

/** Lists as a stat block words them. */
export interface CorrectedDefences {
  readonly resistances: readonly string[]
  readonly immunities: readonly string[]
  readonly conditions: readonly string[]
}

/** @returns whether SRD 5.1 has the creature */
export function isInSrd(id: string): boolean {
  return !notInSrd.has(id)
}

/** @returns whether SRD 5.1 has a passage of that name in any stat block */
export function isPassageInSrd(name: string): boolean {
  return name !== 'Lair Actions' && !name.startsWith('Variant: ')
}

/** @returns hit points as they should be */
export function correctHitPoints(id: string, given: number): number {
  return hitPointsById.get(id) ?? given
}

/** @returns defences as they should be */
export function correctDefences(id: string, given: CorrectedDefences): CorrectedDefences {
  return defencesById.get(id) ?? given
}

/** @returns prose as it should be */
export function correctText(text: string): string {
  return misreadings.reduce((corrected, [from, to]) => corrected.replace(from, to), text).trim()
}

/** @returns id of the creature to take the passages from: mostly its own */
export function passagesOf(id: string, kind: keyof typeof borrowedPassages): string {
  return borrowedPassages[kind].get(id) ?? id
}
