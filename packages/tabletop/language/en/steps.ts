import type { PartNames, StepSentences } from '../catalogue'
import { paramsOf, rolledTypes } from '../step-params'
import { wordFor } from '../speech'
import { speech } from './speech'
import { words } from './words'

const { change, number, signed } = speech
const typeOf = (type: string) => (type === 'untyped' ? 'all damage' : wordFor(words.damageTypes, type))

/** Why a number is what it is, in English. */
export const steps: StepSentences = {
  raw: (step) => {
    const { dc } = paramsOf(step).numbers
    if (dc !== undefined) return `The die: ${number(step.to)} against DC ${number(dc)}`
    const types = rolledTypes(step).map(
      ([type, amount]) => `${number(amount)} ${wordFor(words.damageTypes, type)}`,
    )
    return `To begin with: ${number(step.to)}` + (types.length === 0 ? '' : ` (${types.join(', ')})`)
  },
  half: (step) => `Saved for half: ${change(step)}`,
  adjustment: (step) => `Adjustment ${signed(paramsOf(step).numbers.adjustment ?? 0)}: ${change(step)}`,
  'minimum-zero': (step) => `Never below 0: ${change(step)}`,
  resistance: (step) => `Resistance to ${typeOf(paramsOf(step).type)}, half of it: ${change(step)}`,
  vulnerability: (step) => `Vulnerability to ${typeOf(paramsOf(step).type)}, twice as much: ${change(step)}`,
  immunity: (step) => `Immunity to ${typeOf(paramsOf(step).type)}, none of it: ${change(step)}`,
  'rounded-down': (step) => `Rounded down: ${change(step)}`,
  'rounded-up': (step) => `Rounded up: ${change(step)}`,
  'temp-hp': (step) => {
    const { absorbed, offered } = paramsOf(step).numbers
    if (absorbed !== undefined) return `Temporary hit points take ${number(absorbed)}: ${change(step)}`
    return `Temporary hit points do not add up: ${number(step.from)} or ${number(offered ?? step.to)}, now ${number(step.to)}`
  },
  'to-hp': (step) => `Hit points: ${number(paramsOf(step).numbers.before ?? step.from)} → ${number(step.to)}`,
  'massive-damage': (step) => {
    const { left = 0, maximum = 0 } = paramsOf(step).numbers
    return `Massive damage: ${number(left)} left over with a maximum of ${number(maximum)}`
  },
  'knocked-out': (step) => `Knocked out, hit points: ${number(step.to)}`,
  'healing-cap': (step) => `Never above the maximum: ${change(step)}`,
  dead: () => 'The dead cannot be healed',
  revived: (step) => `Back from the dead, hit points: ${number(step.to)}`,
  set: (step) => `Set by hand: ${change(step)}`,
  maximum: (step) => `Maximum ${number(paramsOf(step).numbers.maximum ?? step.to)}: ${change(step)}`,
  'death-save-failure': (step) => `Failed death saves: ${change(step)}`,
  'death-save-success': (step) => `Successful death saves: ${change(step)}`,
  critical: (step) => `Counts twice: ${change(step)}`,
  'concentration-dc': (step) => `Half of ${number(step.from)} damage, at least 10: DC ${number(step.to)}`,
  'dc-cap': (step) => `Never above 30: ${change(step)}`,
  modifier: (step) => `Modifier ${signed(step.to - step.from)}: ${change(step)}`,
  advantage: (step) => `Advantage ${signed(step.to - step.from)}: ${change(step)}`,
  disadvantage: (step) => `Disadvantage ${signed(step.to - step.from)}: ${change(step)}`,
  exhaustion: (step) => {
    const { level } = paramsOf(step).numbers
    return `Exhaustion${level === undefined ? '' : `, level ${number(level)}`}: ${change(step)}`
  },
  'hit-die': (step) => {
    const { die, numbers } = paramsOf(step)
    return `Hit die ${die}: ${number(numbers.face ?? 0)}, modifier ${signed(numbers.modifier ?? 0)}: ${change(step)}`
  },
  rest: (step) => `Rested: ${change(step)}`,
}

/** What numbers on a sheet are made of, in English. */
export const parts: PartNames = {
  base: () => 'Base',
  score: (part) => {
    const { ability, numbers } = paramsOf(part)
    return `${wordFor(words.abilities, ability)} ${number(numbers.score ?? 0)}`
  },
  ability: (part) => wordFor(words.abilities, paramsOf(part).ability),
  level: (part) => `Level ${number(paramsOf(part).numbers.level ?? 0)}`,
  proficiency: (part) => {
    const { proficiency } = paramsOf(part)
    if (proficiency === 'half') return 'Half the proficiency bonus'
    return proficiency === 'expertise' ? 'Expertise' : 'Proficiency bonus'
  },
  bonus: () => 'Bonus',
  armor: () => 'Armor',
  shield: () => 'Shield',
  strength: (part) => {
    const { score = 0, factor = 0 } = paramsOf(part).numbers
    return `Strength ${number(score)} × ${number(factor)}`
  },
  items: () => 'Items',
  coins: () => 'Coins',
  condition: (part) => wordFor(words.conditions, paramsOf(part).condition),
  advantage: () => 'Advantage',
  disadvantage: () => 'Disadvantage',
}
