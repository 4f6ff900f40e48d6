import fc from 'fast-check'
import { isPlainText } from '../dice/dice-cursor'
import {
  abilities,
  conditions,
  damageTypes,
  hpDisplays,
  type AppliedCondition,
  type Defence,
  type HitPoints,
  type Life,
  type Vitals,
} from '../table/creatures'
import { freshVitals, spentWithin, stockOf, type WholeCharacter } from './character-vitals'
import {
  coins,
  hitDice,
  movements,
  proficiencies,
  resourceRests,
  senses,
  skills,
  slotLevels,
  type ArmorClass,
  type Attack,
  type ClassLevels,
  type Item,
  type Resource,
  type RollTrait,
  type Sheet,
  type Spellcasting,
} from './sheet'

const line = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.trim())
  .filter(isPlainText)
const name = line.map((text) => `${text}x`)
const text = fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n').trim())
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,8}$/)
const ability = fc.constantFrom(...abilities)
const modifier = fc.integer({ min: -30, max: 30 })
const orNull = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: null, freq: 2 })

/** Some of the keys, each with a value. */
function someOf<Key extends string, Value>(
  keys: readonly Key[],
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<Partial<Record<Key, Value>>> {
  if (keys.length === 0) return fc.constant({})
  const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { selector: ([key]) => key })
  return entries.map((given) => parseSome(given))
}

function parseSome<Key extends string, Value>(entries: readonly (readonly [Key, Value])[]) {
  return Object.fromEntries(entries) as Partial<Record<Key, Value>>
}

const classLevels: fc.Arbitrary<ClassLevels> = fc.record({
  name,
  level: fc.integer({ min: 1, max: 6 }),
  hitDie: fc.constantFrom(...hitDice),
})

const armorClass: fc.Arbitrary<ArmorClass> = fc.record({
  base: fc.integer({ min: 0, max: 50 }),
  dexterityMax: orNull(fc.integer({ min: 0, max: 10 })),
  ability: orNull(ability),
  shield: fc.integer({ min: 0, max: 10 }),
  bonus: modifier,
})

const spellcasting: fc.Arbitrary<Spellcasting> = fc.record({
  ability,
  bonus: modifier,
  slots: someOf(slotLevels, fc.integer({ min: 0, max: 20 })),
  pact: orNull(fc.record({ level: fc.integer({ min: 1, max: 9 }), max: fc.integer({ min: 1, max: 20 }) })),
})

const resource: fc.Arbitrary<Resource> = fc.record({
  id,
  name,
  max: fc.integer({ min: 1, max: 999 }),
  per: fc.constantFrom(...resourceRests),
})

const attack: fc.Arbitrary<Attack> = fc.record({
  id,
  name,
  ability: orNull(ability),
  isProficient: fc.boolean(),
  toHitBonus: modifier,
  damage: fc.constantFrom(
    ...['', '1', '1d8', '2d6ro<=2', '4d6kh3', '1d8 [slashing] + 1d6 [fire]', '(1d6+2)*2 - 1', '{1d6,1d8}kh1'],
  ),
  addsAbilityToDamage: fc.boolean(),
  damageType: orNull(fc.constantFrom(...damageTypes)),
  note: line,
})

function rollTrait(attackIds: readonly string[]): fc.Arbitrary<RollTrait> {
  const effect = {
    gives: fc.constantFrom('advantage' as const, 'disadvantage' as const),
    reason: line,
  }
  return fc.oneof(
    fc.record({ on: fc.constantFrom('ability' as const, 'save' as const), key: orNull(ability), ...effect }),
    fc.record({
      on: fc.constant('skill' as const),
      key: orNull(fc.constantFrom(...skills)),
      ...effect,
    }),
    fc.record({
      on: fc.constant('attack' as const),
      key: fc.constantFrom(null, ...attackIds),
      ...effect,
    }),
    fc.record({
      on: fc.constantFrom('initiative' as const, 'spell-attack' as const),
      key: fc.constant(null),
      ...effect,
    }),
  )
}

const defence: fc.Arbitrary<Defence> = fc.record(
  { type: fc.constantFrom(...damageTypes), nonmagical: fc.constant(true as const) },
  { requiredKeys: ['type'] },
)
const defenceList = fc.array(defence, { maxLength: 3 })

const item: fc.Arbitrary<Item> = fc.record({
  name,
  quantity: fc.integer({ min: 0, max: 99_999 }),
  weight: fc.integer({ min: 0, max: 999_900 }).map((hundredths) => hundredths / 100),
  isEquipped: fc.boolean(),
  note: line,
})

/** Sheets that are legal, and written as they are kept. */
export const sheetArbitrary: fc.Arbitrary<Sheet> = fc
  .uniqueArray(attack, { maxLength: 3, selector: (one) => one.id })
  .chain((attacks) =>
    fc.record({
      species: line,
      background: line,
      alignment: line,
      classes: fc.array(classLevels, { maxLength: 3 }),
      abilities: fc.record({
        str: fc.integer({ min: 1, max: 30 }),
        dex: fc.integer({ min: 1, max: 30 }),
        con: fc.integer({ min: 1, max: 30 }),
        int: fc.integer({ min: 1, max: 30 }),
        wis: fc.integer({ min: 1, max: 30 }),
        cha: fc.integer({ min: 1, max: 30 }),
      }),
      saves: someOf(abilities, fc.constantFrom(...proficiencies)),
      skills: someOf(skills, fc.constantFrom(...proficiencies)),
      armorClass,
      speeds: someOf(movements, fc.integer({ min: 0, max: 1_000 })),
      initiativeBonus: modifier,
      maxHitPoints: fc.integer({ min: 1, max: 9_999 }),
      spellcasting: orNull(spellcasting),
      resources: fc.uniqueArray(resource, { maxLength: 3, selector: (one) => one.id }),
      attacks: fc.constant(attacks),
      rollTraits: fc.array(rollTrait(attacks.map((one) => one.id)), { maxLength: 3 }),
      defences: fc.record({
        resistances: defenceList,
        vulnerabilities: defenceList,
        immunities: defenceList,
        conditionImmunities: fc.array(fc.constantFrom(...conditions), { maxLength: 3 }),
      }),
      senses: someOf(senses, fc.integer({ min: 0, max: 1_000 })),
      languages: fc.array(name, { maxLength: 3 }),
      proficiencies: fc.array(name, { maxLength: 3 }),
      features: fc.array(fc.record({ name, text }), { maxLength: 3 }),
      inventory: fc.array(item, { maxLength: 3 }),
      coins: someOf(coins, fc.integer({ min: 0, max: 9_999_999 })),
      personality: text,
      notes: text,
    }),
  )

/** Characters as a table keeps them. */
export const characterArbitrary: fc.Arbitrary<WholeCharacter> = fc.record({
  id: fc.uuid(),
  owner: fc.constantFrom(null, 'ana-1', 'boris-1'),
  isHidden: fc.boolean(),
  hpShown: fc.constantFrom(...hpDisplays),
  name,
  summary: line,
  publicNotes: text,
  sheet: sheetArbitrary,
  gmNotes: text,
})

/** Conditions, some of them brought along by the first. */
const conditionsArbitrary: fc.Arbitrary<readonly AppliedCondition[]> = fc
  .uniqueArray(
    fc.record(
      {
        id: fc.uuid(),
        condition: fc.constantFrom(...conditions.filter((condition) => condition !== 'exhaustion')),
        isOpen: fc.constant(true as const),
        source: fc.uuid(),
        until: fc.record({
          moment: fc.constantFrom('start' as const, 'end' as const),
          of: fc.uuid(),
          round: fc.integer({ min: 1, max: 20 }),
        }),
        note: name,
        endsOnHealing: fc.constant(true as const),
      },
      { requiredKeys: ['id', 'condition'] },
    ),
    { maxLength: 4, selector: ({ id: conditionId }) => conditionId },
  )
  .chain((applied) => {
    const [first] = applied
    return fc
      .boolean()
      .map((isBrought) =>
        applied.map((one) => (isBrought && first && one !== first ? { ...one, impliedBy: first.id } : one)),
      )
  })

/** Vitals that a character may have: hit points fit its life, and nothing is spent that it has not. */
export function vitalsArbitrary(character: WholeCharacter): fc.Arbitrary<Vitals> {
  const stock = stockOf(character.sheet)
  const spentOf = (counts: Readonly<Record<string, number>>) =>
    someOf(Object.keys(counts), fc.integer({ min: 1, max: 999 }))
  return fc
    .record({
      standing: standing(character.sheet.maxHitPoints),
      exhaustion: fc.integer({ min: 0, max: 5 }),
      conditions: conditionsArbitrary,
      concentration: orNull(name),
      slots: spentOf(stock.slots),
      resources: spentOf(stock.resources),
      hitDice: spentOf(stock.hitDice),
    })
    .map(({ standing: now, exhaustion, conditions: applied, concentration, ...spent }) => ({
      ...freshVitals(character),
      ...now,
      exhaustion,
      conditions: applied,
      concentration,
      spent: spentWithin(character.sheet, parseSpent(spent)),
    }))
}

/** `someOf` says that a value may be missing where its key is not there at all. */
function parseSpent(spent: object) {
  return spent as NonNullable<Vitals['spent']>
}

interface Standing {
  readonly life: Life
  readonly hitPoints: HitPoints
  readonly deathSaves: { readonly successes: number; readonly failures: number }
}

function standing(max: number): fc.Arbitrary<Standing> {
  const few = fc.integer({ min: 0, max: 2 })
  return fc
    .record({
      life: fc.constantFrom<Life>('conscious', 'conscious', 'dying', 'stable', 'dead'),
      maxChange: fc.integer({ min: 1 - max, max: 100 }),
      temporary: fc.integer({ min: 0, max: 50 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      deathSaves: fc.record({ successes: few, failures: few }),
    })
    .map(({ life, maxChange, temporary, part, deathSaves }) => ({
      life,
      hitPoints: {
        now: life === 'conscious' ? Math.max(1, Math.round(part * (max + maxChange))) : 0,
        max,
        maxChange,
        temporary,
      },
      deathSaves: life === 'dying' ? deathSaves : { successes: 0, failures: 0 },
    }))
}
