import type { Component } from 'vue'
import AbilitiesSection from './sections/abilities-section.vue'
import AttacksSection from './sections/attacks-section.vue'
import BodySection from './sections/body-section.vue'
import DefencesSection from './sections/defences-section.vue'
import FeaturesSection from './sections/features-section.vue'
import GearSection from './sections/gear-section.vue'
import IdentitySection from './sections/identity-section.vue'
import NotesSection from './sections/notes-section.vue'
import ResourcesSection from './sections/resources-section.vue'
import SkillsSection from './sections/skills-section.vue'
import SpellsSection from './sections/spells-section.vue'
import TableSection from './sections/table-section.vue'
import TonguesSection from './sections/tongues-section.vue'
import TraitsSection from './sections/traits-section.vue'
import type { SectionName } from './sheet-fields'

/** The forms of the editor, by part. */
export const sectionComponents: Readonly<Record<SectionName, Component>> = {
  identity: IdentitySection,
  abilities: AbilitiesSection,
  skills: SkillsSection,
  body: BodySection,
  attacks: AttacksSection,
  spells: SpellsSection,
  resources: ResourcesSection,
  features: FeaturesSection,
  tongues: TonguesSection,
  defences: DefencesSection,
  traits: TraitsSection,
  gear: GearSection,
  notes: NotesSection,
  table: TableSection,
}
