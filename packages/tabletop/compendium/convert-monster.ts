import { movements, senses, skills as allSkills, type Skill } from '../characters/sheet'
import type { Ability } from '../table/creatures'
import { challengeOf, proficiencyBonusOf } from './challenge'
import { correctDefences, correctHitPoints, correctText, isPassageInSrd } from './corrections'
import {
  monsterTypes,
  sizes,
  type Monster,
  type MonsterAbility,
  type MonsterDefences,
  type MonsterSenses,
} from './monster'
import { abilityOf, parseAbility } from './parse-ability'
import { parseConditions, parseDefences } from './parse-defences'
import type { SrdEntry, SrdMonster } from './srd-shape'

/** In SRD 5.1 every creature that has any has three. */
const legendaryActionCount = 3

/** Passages as the package words them. */
export interface Passages {
  readonly traits: readonly SrdEntry[]
  readonly legendaryActions: readonly SrdEntry[]
}

/** @returns `will-o-wisp` for `Will-o'-Wisp` */
export function toMonsterId(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("'", '')
    .replace(/[^a-z]+/g, '-')
    .replace(/-$/, '')
}

/**
 * Turns the package's shape into ours.
 *
 * @param passages  taken from elsewhere where the package forgot them
 * @throws Error where the data are not what they were when this was written
 */
export function convertMonster(from: SrdMonster, passages: Passages): Monster {
  const id = toMonsterId(from.name)
  const traits = toAbilities(passages.traits)
  const legendaryActions = toAbilities(passages.legendaryActions)
  return {
    ...toKind(from),
    id,
    name: from.name,
    armorClass: from.armor_class,
    hitPoints: correctHitPoints(id, from.hit_points),
    hitDice: toHitDice(from),
    ...toSpeeds(from),
    ...toProficiencies(from),
    abilities: toScores(from),
    defences: toDefences(id, from),
    senses: toSenses(from),
    languages: from.languages,
    challenge: challengeOf(from.challenge_rating, from.actions !== undefined),
    proficiencyBonus: proficiencyBonusOf(from.challenge_rating),
    traits,
    actions: toAbilities(from.actions),
    reactions: toAbilities(from.reactions),
    legendaryActions,
    legendaryActionCount: legendaryActions.length > 0 ? legendaryActionCount : 0,
    legendaryResistancesPerDay: traits.find(({ name }) => name === 'Legendary Resistance')?.uses?.count ?? 0,
    hasLairActions: from.actions?.some(({ name }) => name === 'Lair Actions') ?? false,
  }
}

function toKind({ size, type, subtype, alignment }: SrdMonster) {
  const isSwarm = type.startsWith('swarm of ')
  return {
    size: oneOf(sizes, size.toLowerCase()),
    // A swarm of Tiny beasts is a beast.
    type: oneOf(monsterTypes, isSwarm ? type.replace(/^.* (.*)s$/, '$1') : type),
    subtype,
    isSwarm,
    alignment,
  }
}

function toHitDice({ hit_dice: dice, constitution }: SrdMonster): string {
  const bonus = Number.parseInt(dice) * Math.floor((constitution - 10) / 2)
  return dice + (bonus === 0 ? '' : bonus > 0 ? `+${bonus}` : String(bonus))
}

function toScores(from: SrdMonster): Monster['abilities'] {
  return {
    str: from.strength,
    dex: from.dexterity,
    con: from.constitution,
    int: from.intelligence,
    wis: from.wisdom,
    cha: from.charisma,
  }
}

function toSpeeds({ speed }: SrdMonster): Pick<Monster, 'speeds' | 'canHover'> {
  return { speeds: toRanges(movements, speed), canHover: speed['hover'] === true }
}

function toSenses({ senses: given }: SrdMonster): MonsterSenses {
  return {
    ranges: toRanges(senses, given),
    passivePerception: Number(given['passive_perception']),
    isBlindBeyond: String(given['blindsight']).includes('blind beyond'),
  }
}

/** @returns the feet of everything that is there: 30 for `30 ft.` */
function toRanges<Name extends string>(
  names: readonly Name[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Partial<Record<Name, number>>> {
  const ranges: Partial<Record<Name, number>> = {}
  for (const name of names) {
    const feet = Number.parseInt(String(given[name]))
    if (feet > 0) ranges[name] = feet
  }
  return ranges
}

function toProficiencies({ proficiencies }: SrdMonster): Pick<Monster, 'saves' | 'skills'> {
  const saves: Partial<Record<Ability, number>> = {}
  const skills: Partial<Record<Skill, number>> = {}
  for (const { name, value } of proficiencies) {
    const [kind, what = ''] = name.split(': ')
    if (kind === 'Saving Throw') saves[abilityOf(what)] = value
    else skills[oneOf(allSkills, what.toLowerCase().replaceAll(' ', '-'))] = value
  }
  return { saves, skills }
}

function toDefences(id: string, from: SrdMonster): MonsterDefences {
  const corrected = correctDefences(id, {
    resistances: from.damage_resistances,
    immunities: from.damage_immunities,
    conditions: from.condition_immunities.map(({ name }) => name.toLowerCase()),
  })
  const resistances = parseDefences(corrected.resistances)
  const vulnerabilities = parseDefences(from.damage_vulnerabilities)
  const immunities = parseDefences(corrected.immunities)
  return {
    resistances: resistances.defences,
    vulnerabilities: vulnerabilities.defences,
    immunities: immunities.defences,
    conditionImmunities: parseConditions(corrected.conditions),
    notes: [...resistances.notes, ...vulnerabilities.notes, ...immunities.notes],
  }
}

function toAbilities(entries: readonly SrdEntry[] = []): readonly MonsterAbility[] {
  return entries
    .filter(({ name }) => isPassageInSrd(name))
    .map(({ name, desc }) => parseAbility({ name, text: correctText(desc) }))
}

function oneOf<Known extends string>(all: readonly Known[], word: string): Known {
  const known = all.find((each) => each === word)
  if (known === undefined) throw new Error(`The data have an unknown word: ${word}`)
  return known
}
