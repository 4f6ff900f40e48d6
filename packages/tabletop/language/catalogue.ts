import type { Part, PartSource } from '../characters/explained'
import type { Circumstance, Effect, Hindrance, RollKind } from '../rules/effect'
import type { Step, StepCode } from '../rules/trace'
import type { Ability, Condition } from '../table/creatures'
import type { LineParams, SayableCode } from './line-params'
import type { Speech } from './speech'
import type { Words } from './words'

/**
 * A language, whole: whoever adds a code has to say it in each of them before anything compiles. Sentences are functions,
 * never templates: what players wrote is put into them and not looked at.
 */
export interface Catalogue {
  readonly speech: Speech
  readonly words: Words
  readonly lines: LineSentences
  readonly steps: StepSentences
  readonly parts: PartNames
  readonly effects: EffectPhrases
  readonly roll: RollSentences
}

/** The sentences of the log. */
export type LineSentences = {
  readonly [Code in SayableCode]: (params: LineParams[Code]) => string
}

/** Why a number is what it is, step by step. */
export type StepSentences = Readonly<Record<StepCode, (step: Step) => string>>

/** Where a part of a number on a sheet comes from. */
export type PartNames = Readonly<Record<PartSource, (part: Part) => string>>

/** What a condition means. They stand in lists, so each is a phrase of its own. */
export interface EffectPhrases {
  readonly rolls: (effect: RollEffect) => string
  readonly kinds: Readonly<Record<RollKind, string>>
  readonly abilities: (ability: Ability) => string
  readonly circumstances: Readonly<Record<Circumstance, string>>
  readonly hindrances: Readonly<Record<Hindrance, string>>
  readonly penalty: (amount: number) => string
  readonly slower: (feet: number) => string
  readonly immune: (condition: Condition) => string
  readonly endsWithSource: (condition: Condition) => string
  readonly plain: Readonly<Record<PlainEffect, string>>
}

/** An effect on a roll, already in words; `what` is the roll, `when` the circumstance or ''. */
export interface RollEffect {
  readonly effect: 'advantage' | 'disadvantage' | 'auto-fail'
  readonly what: string
  readonly when: string
}

/** Effects that have nothing to fill in. */
export type PlainEffect = Exclude<
  Effect['effect'],
  | RollEffect['effect']
  | 'hindered'
  | 'd20-penalty'
  | 'speed-less'
  | 'immune-to-condition'
  | 'ends-when-source-is'
>

/** A roll of the dice. `dice` is the notation, already printed for the language. */
export interface RollSentences {
  readonly shown: (roll: { readonly name: string; readonly dice: string; readonly totals: string }) => string
  readonly concealed: (roll: { readonly name: string; readonly dice: string }) => string
}
