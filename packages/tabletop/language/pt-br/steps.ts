import type { PartNames, StepSentences } from '../catalogue'
import { wordFor } from '../speech'
import { paramsOf, rolledTypes } from '../step-params'
import { speech } from './speech'
import { words } from './words'

const { change, number, signed } = speech
const typeOf = (type: string) => (type === 'untyped' ? 'todo dano' : wordFor(words.damageTypes, type))

/** Why a number is what it is, in Brazilian Portuguese. */
export const steps: StepSentences = {
  raw: (step) => {
    const { dc } = paramsOf(step).numbers
    if (dc !== undefined) return `O dado: ${number(step.to)} contra CD ${number(dc)}`
    const types = rolledTypes(step).map(
      ([type, amount]) => `${wordFor(words.damageTypes, type)} ${number(amount)}`,
    )
    return `Para começar: ${number(step.to)}` + (types.length === 0 ? '' : ` (${types.join(', ')})`)
  },
  half: (step) => `Salvaguarda, metade: ${change(step)}`,
  adjustment: (step) => `Ajuste ${signed(paramsOf(step).numbers.adjustment ?? 0)}: ${change(step)}`,
  'minimum-zero': (step) => `Nunca abaixo de 0: ${change(step)}`,
  resistance: (step) => `Resistência (${typeOf(paramsOf(step).type)}), metade: ${change(step)}`,
  vulnerability: (step) => `Vulnerabilidade (${typeOf(paramsOf(step).type)}), o dobro: ${change(step)}`,
  immunity: (step) => `Imunidade (${typeOf(paramsOf(step).type)}), nada: ${change(step)}`,
  'rounded-down': (step) => `Arredondado para baixo: ${change(step)}`,
  'rounded-up': (step) => `Arredondado para cima: ${change(step)}`,
  'temp-hp': (step) => {
    const { absorbed, offered } = paramsOf(step).numbers
    if (absorbed !== undefined)
      return `Pontos de vida temporários absorvem ${number(absorbed)}: ${change(step)}`
    return `Pontos de vida temporários não se somam: ${number(step.from)} ou ${number(offered ?? step.to)}, agora ${number(step.to)}`
  },
  'to-hp': (step) =>
    `Pontos de vida: ${number(paramsOf(step).numbers.before ?? step.from)} → ${number(step.to)}`,
  'massive-damage': (step) => {
    const { left = 0, maximum = 0 } = paramsOf(step).numbers
    return `Dano massivo: sobram ${number(left)} com máximo de ${number(maximum)}`
  },
  'knocked-out': (step) => `Nocaute, pontos de vida: ${number(step.to)}`,
  'healing-cap': (step) => `Nunca acima do máximo: ${change(step)}`,
  dead: () => 'Quem está sem vida não recebe cura',
  revived: (step) => `De volta à vida, pontos de vida: ${number(step.to)}`,
  set: (step) => `Ajuste manual: ${change(step)}`,
  maximum: (step) => `Máximo ${number(paramsOf(step).numbers.maximum ?? step.to)}: ${change(step)}`,
  'death-save-failure': (step) => `Falhas contra a morte: ${change(step)}`,
  'death-save-success': (step) => `Sucessos contra a morte: ${change(step)}`,
  critical: (step) => `Conta duas vezes: ${change(step)}`,
  'concentration-dc': (step) => `Metade de ${number(step.from)} de dano, no mínimo 10: CD ${number(step.to)}`,
  'dc-cap': (step) => `Nunca acima de 30: ${change(step)}`,
  modifier: (step) => `Modificador ${signed(step.to - step.from)}: ${change(step)}`,
  advantage: (step) => `Vantagem ${signed(step.to - step.from)}: ${change(step)}`,
  disadvantage: (step) => `Desvantagem ${signed(step.to - step.from)}: ${change(step)}`,
  exhaustion: (step) => {
    const { level } = paramsOf(step).numbers
    return `Exaustão${level === undefined ? '' : `, nível ${number(level)}`}: ${change(step)}`
  },
  'hit-die': (step) => {
    const { die, numbers } = paramsOf(step)
    return `Dado de vida ${die}: ${number(numbers.face ?? 0)}, modificador ${signed(numbers.modifier ?? 0)}: ${change(step)}`
  },
  rest: (step) => `Descanso: ${change(step)}`,
}

/** What numbers on a sheet are made of, in Brazilian Portuguese. */
export const parts: PartNames = {
  base: () => 'Base',
  score: (part) => {
    const { ability, numbers } = paramsOf(part)
    return `${wordFor(words.abilities, ability)} ${number(numbers.score ?? 0)}`
  },
  ability: (part) => wordFor(words.abilities, paramsOf(part).ability),
  level: (part) => `Nível ${number(paramsOf(part).numbers.level ?? 0)}`,
  proficiency: (part) => {
    const { proficiency } = paramsOf(part)
    if (proficiency === 'half') return 'Metade do bônus de proficiência'
    return proficiency === 'expertise' ? 'Especialização' : 'Bônus de proficiência'
  },
  bonus: () => 'Bônus',
  armor: () => 'Armadura',
  shield: () => 'Escudo',
  strength: (part) => {
    const { score = 0, factor = 0 } = paramsOf(part).numbers
    return `Força ${number(score)} × ${number(factor)}`
  },
  items: () => 'Itens',
  coins: () => 'Moedas',
  condition: (part) => wordFor(words.conditions, paramsOf(part).condition),
  advantage: () => 'Vantagem',
  disadvantage: () => 'Desvantagem',
}
