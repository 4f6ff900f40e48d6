import type { Part } from '../characters/explained'
import type { Step } from '../rules/trace'
import { catalogueOf } from './catalogue-of'
import type { Language } from './languages'

/**
 * @returns one step of a "why", as in `Resistance to fire halves it: 25 → 12.5`; the rule and the edition go beside it, and
 *   `words.editions` has the edition's name
 */
export function sayStep(step: Step, language: Language): string {
  return catalogueOf(language).steps[step.step](step)
}

/** @returns what a part of a number on a sheet is called; its amount goes beside it */
export function namePart(part: Part, language: Language): string {
  return catalogueOf(language).parts[part.source](part)
}
