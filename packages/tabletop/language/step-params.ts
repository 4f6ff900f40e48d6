/** Something with parameters: a step of a "why", a part of a number. */
interface WithParams {
  readonly params?: Readonly<Record<string, string | number>>
}

/** The numbers that steps and parts come with. */
const numberNames = [
  'absorbed',
  'adjustment',
  'before',
  'dc',
  'face',
  'factor',
  'left',
  'level',
  'maximum',
  'modifier',
  'offered',
  'score',
] as const
type NumberName = (typeof numberNames)[number]

/** Parameters of a step or a part, sorted; a code that is missing is ''. */
export interface StepParams {
  readonly numbers: Readonly<Partial<Record<NumberName, number>>>
  readonly type: string
  readonly ability: string
  readonly proficiency: string
  readonly condition: string
  /** As `d8`. */
  readonly die: string
}

/** @returns what sentences put into themselves */
export function paramsOf({ params = {} }: WithParams): StepParams {
  const numbers: Partial<Record<NumberName, number>> = {}
  for (const name of numberNames) {
    const value = params[name]
    if (typeof value === 'number') numbers[name] = value
  }
  const code = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  return {
    numbers,
    type: code('type'),
    ability: code('ability'),
    proficiency: code('proficiency'),
    condition: code('condition'),
    die: code('die'),
  }
}

/** @returns what was rolled of each damage type, where there is more than one */
export function rolledTypes({
  params = {},
}: WithParams): readonly (readonly [type: string, amount: number])[] {
  const types = Object.entries(params).flatMap(([type, amount]) =>
    typeof amount === 'number' ? [[type, amount] as const] : [],
  )
  return types.length > 1 ? types : []
}
