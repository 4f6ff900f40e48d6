import type { Character } from '@innkeeper/tabletop/characters/character'
import type { Sheet } from '@innkeeper/tabletop/characters/sheet'

/** What is written around a sheet, as `character.edit` names it. */
const characterFieldNames = ['name', 'summary', 'publicNotes', 'hpShown', 'isHidden', 'gmNotes'] as const
type CharacterFieldName = (typeof characterFieldNames)[number]

/** All that can be written about a character, side by side: each is changed as a whole. */
export type SheetFields = Sheet & Pick<Character, CharacterFieldName>
export type FieldName = keyof SheetFields

/** The parts of the editor, in order, and what is written in each. */
const editorSections = {
  identity: ['name', 'summary', 'species', 'background', 'alignment', 'classes'],
  abilities: ['abilities', 'saves'],
  skills: ['skills'],
  body: ['maxHitPoints', 'armorClass', 'initiativeBonus', 'speeds', 'senses'],
  attacks: ['attacks'],
  spells: ['spellcasting'],
  resources: ['resources'],
  features: ['features'],
  tongues: ['languages', 'proficiencies'],
  defences: ['defences'],
  traits: ['rollTraits'],
  gear: ['inventory', 'coins'],
  notes: ['personality', 'notes', 'publicNotes'],
  table: ['hpShown', 'isHidden', 'gmNotes'],
} as const satisfies Readonly<Record<string, readonly FieldName[]>>
export type SectionName = keyof typeof editorSections
export const sectionNames = parseSectionNames(Object.keys(editorSections))
export const fieldNames: readonly FieldName[] = sectionNames.flatMap(
  (name): readonly FieldName[] => editorSections[name],
)

/** @returns the fields of a character; null where the viewer may not read its sheet */
export function fieldsOf(character: Character): SheetFields | null {
  const { name, summary, publicNotes, hpShown, isHidden, gmNotes, sheet } = character
  return sheet && { name, summary, publicNotes, hpShown, isHidden, gmNotes, ...sheet }
}

/** @returns whether the field is on the sheet, rather than around it */
export function isOnSheet(name: FieldName): name is keyof Sheet {
  return !characterFieldNames.some((known) => known === name)
}

/** @returns the part of the editor that has the field */
export function sectionOf(name: FieldName): SectionName {
  const fieldsIn = (section: SectionName): readonly FieldName[] => editorSections[section]
  return sectionNames.find((section) => fieldsIn(section).includes(name)) ?? 'identity'
}

/** `Object.keys` forgets which keys there are. */
function parseSectionNames(keys: readonly string[]): readonly SectionName[] {
  return keys as readonly SectionName[]
}
