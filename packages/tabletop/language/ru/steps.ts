import type { PartNames, StepSentences } from '../catalogue'
import { printDiceFor } from '../print-dice-for'
import { wordFor } from '../speech'
import { paramsOf, rolledTypes } from '../step-params'
import { speech } from './speech'
import { words } from './words'

const { change, number, signed } = speech
const typeOf = (type: string) => (type === 'untyped' ? 'весь урон' : wordFor(words.damageTypes, type))

/** Why a number is what it is, in Russian. */
export const steps: StepSentences = {
  raw: (step) => {
    const { dc } = paramsOf(step).numbers
    if (dc !== undefined) return `На кубике: ${number(step.to)} против Сл ${number(dc)}`
    const types = rolledTypes(step).map(
      ([type, amount]) => `${wordFor(words.damageTypes, type)} ${number(amount)}`,
    )
    return `Вначале: ${number(step.to)}` + (types.length === 0 ? '' : ` (${types.join(', ')})`)
  },
  half: (step) => `Спасбросок, половина: ${change(step)}`,
  adjustment: (step) => `Поправка ${signed(paramsOf(step).numbers.adjustment ?? 0)}: ${change(step)}`,
  'minimum-zero': (step) => `Не меньше 0: ${change(step)}`,
  resistance: (step) => `Сопротивление (${typeOf(paramsOf(step).type)}), половина: ${change(step)}`,
  vulnerability: (step) => `Уязвимость (${typeOf(paramsOf(step).type)}), вдвое больше: ${change(step)}`,
  immunity: (step) => `Иммунитет (${typeOf(paramsOf(step).type)}), ничего: ${change(step)}`,
  'rounded-down': (step) => `Округление вниз: ${change(step)}`,
  'rounded-up': (step) => `Округление вверх: ${change(step)}`,
  'temp-hp': (step) => {
    const { absorbed, offered } = paramsOf(step).numbers
    if (absorbed !== undefined) return `Временные хиты поглощают ${number(absorbed)}: ${change(step)}`
    return `Временные хиты не складываются: ${number(step.from)} или ${number(offered ?? step.to)}, теперь ${number(step.to)}`
  },
  'to-hp': (step) => `Хиты: ${number(paramsOf(step).numbers.before ?? step.from)} → ${number(step.to)}`,
  'massive-damage': (step) => {
    const { left = 0, maximum = 0 } = paramsOf(step).numbers
    return `Огромный урон: сверх хитов ${number(left)} при максимуме ${number(maximum)}`
  },
  'knocked-out': (step) => `Нокаут, хиты: ${number(step.to)}`,
  'healing-cap': (step) => `Не выше максимума: ${change(step)}`,
  dead: () => 'Мёртвых не вылечить',
  revived: (step) => `Возвращение к жизни, хиты: ${number(step.to)}`,
  set: (step) => `Исправлено вручную: ${change(step)}`,
  maximum: (step) => `Максимум ${number(paramsOf(step).numbers.maximum ?? step.to)}: ${change(step)}`,
  'death-save-failure': (step) => `Провалы спасбросков от смерти: ${change(step)}`,
  'death-save-success': (step) => `Успехи спасбросков от смерти: ${change(step)}`,
  critical: (step) => `Считается дважды: ${change(step)}`,
  'concentration-dc': (step) => `Половина от ${number(step.from)} урона, не меньше 10: Сл ${number(step.to)}`,
  'dc-cap': (step) => `Не выше 30: ${change(step)}`,
  modifier: (step) => `Модификатор ${signed(step.to - step.from)}: ${change(step)}`,
  advantage: (step) => `Преимущество ${signed(step.to - step.from)}: ${change(step)}`,
  disadvantage: (step) => `Помеха ${signed(step.to - step.from)}: ${change(step)}`,
  exhaustion: (step) => {
    const { level } = paramsOf(step).numbers
    return `Истощение${level === undefined ? '' : `, уровень ${number(level)}`}: ${change(step)}`
  },
  'hit-die': (step) => {
    const { die, numbers } = paramsOf(step)
    return `Кость хитов ${printDiceFor('ru', die)}: ${number(numbers.face ?? 0)}, модификатор ${signed(numbers.modifier ?? 0)}: ${change(step)}`
  },
  rest: (step) => `Отдых: ${change(step)}`,
}

/** What numbers on a sheet are made of, in Russian. */
export const parts: PartNames = {
  base: () => 'Основа',
  score: (part) => {
    const { ability, numbers } = paramsOf(part)
    return `${wordFor(words.abilities, ability)} ${number(numbers.score ?? 0)}`
  },
  ability: (part) => wordFor(words.abilities, paramsOf(part).ability),
  level: (part) => `Уровень ${number(paramsOf(part).numbers.level ?? 0)}`,
  proficiency: (part) => {
    const { proficiency } = paramsOf(part)
    if (proficiency === 'half') return 'Половина бонуса мастерства'
    return proficiency === 'expertise' ? 'Компетентность' : 'Бонус мастерства'
  },
  bonus: () => 'Бонус',
  armor: () => 'Доспех',
  shield: () => 'Щит',
  strength: (part) => {
    const { score = 0, factor = 0 } = paramsOf(part).numbers
    return `Сила ${number(score)} × ${number(factor)}`
  },
  items: () => 'Вещи',
  coins: () => 'Монеты',
  condition: (part) => wordFor(words.conditions, paramsOf(part).condition),
  advantage: () => 'Преимущество',
  disadvantage: () => 'Помеха',
}
