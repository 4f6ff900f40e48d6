/** One step from a number to the next: "why" in codes, so that everyone reads it in their own language. */
export interface Step {
  readonly step: StepCode
  /** As in rules-5e: `R-13`. */
  readonly rule: string
  readonly from: number
  readonly to: number
  /** What the step is about: a damage type, a die, a DC. */
  readonly params?: Readonly<Record<string, string | number>>
}

/** What a step does. */
export const stepCodes = [
  'raw',
  'half',
  'adjustment',
  'minimum-zero',
  'resistance',
  'vulnerability',
  'immunity',
  'rounded-down',
  'rounded-up',
  'temp-hp',
  'to-hp',
  'massive-damage',
  'knocked-out',
  'healing-cap',
  'dead',
  'revived',
  'set',
  'maximum',
  'death-save-failure',
  'death-save-success',
  'critical',
  'concentration-dc',
  'dc-cap',
  'modifier',
  'advantage',
  'disadvantage',
  'exhaustion',
  'hit-die',
  'rest',
] as const
export type StepCode = (typeof stepCodes)[number]
