import { explain, type Part } from '@innkeeper/tabletop/characters/explained'
import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import type { Language } from '@innkeeper/tabletop/language/languages'
import { namePart, sayStep } from '@innkeeper/tabletop/language/say-step'
import type { Step } from '@innkeeper/tabletop/rules/trace'

/** One line of a "why". */
export interface WhyRow {
  readonly text: string
  /** As in `R-13`; null where no rule of its own is behind it. */
  readonly rule: string | null
  /** Of a step what the number is after it, of a part what it adds. */
  readonly amount: string
}

/** What is to be explained: the steps of a number, the parts of one, or both. */
export interface Why {
  readonly steps?: readonly Step[]
  readonly parts?: readonly Part[]
}

/** @returns a number's history in words, the steps before the parts */
export function toWhyRows({ steps = [], parts = [] }: Why, language: Language): readonly WhyRow[] {
  const { number, signed } = catalogueOf(language).speech
  return [
    ...steps.map((step) => ({ text: sayStep(step, language), rule: step.rule, amount: number(step.to) })),
    ...parts.map((part, index) => ({
      text: namePart(part, language),
      rule: typeof part.params?.['rule'] === 'string' ? part.params['rule'] : null,
      // A sum begins with a number and goes on with what is added to it.
      amount: index === 0 ? number(part.amount) : signed(part.amount),
    })),
  ]
}

/** @returns what the parts come to; null where there is nothing to add up */
export function toWhySum(parts: readonly Part[], language: Language): string | null {
  return parts.length < 2 ? null : catalogueOf(language).speech.number(explain(parts).value)
}
