import type { Monster } from '@innkeeper/tabletop/compendium/monster'
import { printDiceFor } from '@innkeeper/tabletop/language/print-dice-for'
import type { Speech } from '@innkeeper/tabletop/language/speech'
import type { Words } from '@innkeeper/tabletop/language/words'
import { type Ability, abilities, type Defence } from '@innkeeper/tabletop/table/creatures'
import type { Language } from '../../i18n/languages'

/** What a stat block says in the reader's language; the prose of the SRD stays in English. */
export interface BlockLanguage {
  readonly language: Language
  readonly words: Words
  readonly speech: Pick<Speech, 'signed' | 'number'>
  /** The words of the page that no rule of the table needs. */
  say(key: BlockWord, params?: Readonly<Record<string, string | number>>): string
}
export type BlockWord =
  'feet' | 'hover' | 'swarm' | 'nonmagical' | 'silvered' | 'adamantine' | 'passive' | 'blindBeyond'

/** A line of facts: its code is the key of its title. */
export interface Fact {
  readonly code:
    | 'speed'
    | 'saves'
    | 'skills'
    | 'resistances'
    | 'vulnerabilities'
    | 'immunities'
    | 'conditionImmunities'
    | 'otherDefences'
    | 'senses'
    | 'languages'
  readonly text: string
}

/** @returns `large swarm, beast (goblinoid), chaotic evil` */
export function kindOf(monster: Monster, { words, say }: BlockLanguage): string {
  const subtype = monster.subtype === null ? '' : ` (${monster.subtype})`
  const swarm = monster.isSwarm ? [say('swarm')] : []
  return [
    words.sizes[monster.size],
    ...swarm,
    words.monsterTypes[monster.type] + subtype,
    monster.alignment,
  ].join(', ')
}

/** @returns what there is to say between the abilities and the traits, without what it does not have */
export function factsOf(monster: Monster, own: BlockLanguage): readonly Fact[] {
  const { words, speech } = own
  const { defences, saves, skills } = monster
  const defencesOf = (list: readonly Defence[]) => list.map((defence) => defenceIn(defence, own)).join(', ')
  const facts: readonly Fact[] = [
    { code: 'speed', text: speedsOf(monster, own) },
    {
      code: 'saves',
      text: listOf(saves, (ability, by) => `${words.abilities[ability]} ${speech.signed(by)}`),
    },
    { code: 'skills', text: listOf(skills, (skill, by) => `${words.skills[skill]} ${speech.signed(by)}`) },
    { code: 'resistances', text: defencesOf(defences.resistances) },
    { code: 'vulnerabilities', text: defencesOf(defences.vulnerabilities) },
    { code: 'immunities', text: defencesOf(defences.immunities) },
    {
      code: 'conditionImmunities',
      text: defences.conditionImmunities.map((condition) => words.conditions[condition]).join(', '),
    },
    { code: 'otherDefences', text: defences.notes.join('; ') },
    { code: 'senses', text: sensesOf(monster, own) },
    { code: 'languages', text: monster.languages },
  ]
  return facts.filter(({ text }) => text !== '')
}

/** @returns each ability with its score and modifier: `STR 27 (+8)` */
export function abilitiesOf({ abilities: scores }: Monster, { words, speech }: BlockLanguage) {
  return abilities.map((ability: Ability) => ({
    ability,
    short: words.abilitiesShort[ability],
    name: words.abilities[ability],
    score: scores[ability],
    modifier: speech.signed(Math.floor((scores[ability] - 10) / 2)),
  }))
}

/** @returns the dice of its hit points as the reader's language writes them */
export function hitDiceOf({ hitDice }: Monster, { language }: Pick<BlockLanguage, 'language'>): string {
  return printDiceFor(language, hitDice)
}

function speedsOf({ speeds, canHover }: Monster, { words, say }: BlockLanguage): string {
  const listed = listOf(speeds, (movement, feet) =>
    movement === 'walk'
      ? say('feet', { n: feet })
      : `${words.movements[movement]} ${say('feet', { n: feet })}`,
  )
  return canHover ? `${listed} (${say('hover')})` : listed
}

function sensesOf({ senses }: Monster, { words, say }: BlockLanguage): string {
  const blind = senses.isBlindBeyond ? ` (${say('blindBeyond')})` : ''
  const ranges = listOf(
    senses.ranges,
    (sense, feet) =>
      `${words.senses[sense]} ${say('feet', { n: feet })}${sense === 'blindsight' ? blind : ''}`,
  )
  return [...(ranges === '' ? [] : [ranges]), say('passive', { n: senses.passivePerception })].join(', ')
}

function defenceIn({ type, nonmagical, bypassedBy }: Defence, { words, say }: BlockLanguage): string {
  const limits = [...(nonmagical ? [say('nonmagical')] : []), ...(bypassedBy ? [say(bypassedBy)] : [])]
  return words.damageTypes[type] + (limits.length === 0 ? '' : ` (${limits.join(', ')})`)
}

function listOf<Key extends string>(
  values: Readonly<Partial<Record<Key, number>>>,
  say: (key: Key, value: number) => string,
): string {
  return parseEntries(values)
    .map(([key, value]) => say(key, value))
    .join(', ')
}

/** Records of ours have no keys but those of their type. */
function parseEntries<Key extends string>(
  values: Readonly<Partial<Record<Key, number>>>,
): readonly (readonly [Key, number])[] {
  return Object.entries<number | undefined>(values) as [Key, number][]
}
