import type { Ability } from '../table/creatures'
import type { Part } from './explained'
import { abilityPart, proficiencyPart } from './modifiers'
import type { TestCheck } from './roll-check'
import { skillAbilities, type Attack, type Sheet, type Skill, type Spellcasting } from './sheet'

/** @returns what is added to the d20; null: the sheet has no such attack, or casts no spells */
export function testParts(sheet: Sheet, check: TestCheck): readonly Part[] | null {
  switch (check.kind) {
    case 'ability':
      return [abilityPart(sheet, check.key)]
    case 'save':
      return saveParts(sheet, check.key)
    case 'skill':
      return skillParts(sheet, check.key)
    case 'initiative':
      return initiativeParts(sheet)
    case 'spell-attack':
      return sheet.spellcasting && spellParts(sheet, sheet.spellcasting)
    default: {
      const attack = sheet.attacks.find(({ id }) => id === check.key)
      return attack ? attackParts(sheet, attack) : null
    }
  }
}

/** @returns what goes into a saving throw */
export function saveParts(sheet: Sheet, ability: Ability): readonly Part[] {
  return [abilityPart(sheet, ability), proficiencyPart(sheet, sheet.saves[ability] ?? 'none')]
}

/** @returns what goes into a check with a skill */
export function skillParts(sheet: Sheet, skill: Skill): readonly Part[] {
  return [abilityPart(sheet, skillAbilities[skill]), proficiencyPart(sheet, sheet.skills[skill] ?? 'none')]
}

/** @returns what goes into initiative */
export function initiativeParts(sheet: Sheet): readonly Part[] {
  return [abilityPart(sheet, 'dex'), { source: 'bonus', amount: sheet.initiativeBonus }]
}

/** @returns what goes into spell attacks, and into the save DC of spells */
export function spellParts(sheet: Sheet, { ability, bonus }: Spellcasting): readonly Part[] {
  return [
    abilityPart(sheet, ability),
    proficiencyPart(sheet, 'proficient'),
    { source: 'bonus', amount: bonus },
  ]
}

/** @returns what goes into an attack roll */
export function attackParts(sheet: Sheet, { ability, isProficient, toHitBonus }: Attack): readonly Part[] {
  return [
    ...(ability === null ? [] : [abilityPart(sheet, ability)]),
    proficiencyPart(sheet, isProficient ? 'proficient' : 'none'),
    { source: 'bonus', amount: toHitBonus },
  ]
}
