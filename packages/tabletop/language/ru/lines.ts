import type { LineSentences } from '../catalogue'
import { printDiceFor } from '../print-dice-for'
import { because, inBrackets, wordFor } from '../speech'
import { commandIn } from '../words'
import { speech } from './speech'
import { words } from './words'

// Names stay as they are, in the nominative, and verbs in the present: nobody's case or gender has to be known.
const { count, number, signed } = speech
const hitPoints = { one: 'хит', few: 'хита', many: 'хитов', other: 'хита' }
const temporaryHitPoints = {
  one: 'временный хит',
  few: 'временных хита',
  many: 'временных хитов',
  other: 'временного хита',
}
const rounds = { one: 'раунд', few: 'раунда', many: 'раундов', other: 'раунда' }
const minutes = { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' }

const spent = (what: string, key: string) => {
  if (what === 'slot') return key === 'pact' ? 'ячейка договора' : `ячейка ${key}-го уровня`
  return what === 'hit-die' ? `кость хитов ${printDiceFor('ru', key)}` : 'ресурс'
}
const leftOf = (left: number | null, max: number | null) =>
  left === null || max === null ? '' : `, осталось ${number(left)} из ${number(max)}`

/** What the log says in Russian. */
export const lines: LineSentences = {
  'table.opened': ({ name }) => (name === null ? 'Стол открыт' : `Стол «${name}» открыт`),
  'table.renamed': ({ to }) => `Стол теперь называется «${to}»`,
  'table.imported': () => 'Сюда перенесён сохранённый стол',
  'edition.changed': ({ edition }) => `Новая редакция: ${wordFor(words.editions, edition)}`,
  'house-rules.changed': ({ rules }) => `Домашние правила изменены${inBrackets(words.houseRules, rules)}`,
  'language.changed': ({ language }) => `Язык стола: ${wordFor(words.languages, language)}`,
  'player.joined': ({ name }) => `${name} садится за стол`,
  'player.renamed': ({ from, to }) => `${from} меняет имя: теперь ${to}`,
  'player.removed': ({ name }) => `${name} больше не за столом`,
  'player.linked': ({ name, isLinked }) =>
    isLinked ? `${name}: место привязано к учётной записи` : `${name}: место отвязано от учётной записи`,
  'role.lent': ({ name, minutes: lent }) =>
    lent === null ? `${name} ведёт игру какое-то время` : `${name} ведёт игру ${count(lent, minutes)}`,
  'role.returned': ({ name }) => `${name} больше не ведёт игру`,
  'role.changed': ({ name, role }) => `${name}, новая роль: ${wordFor(words.roles, role)}`,
  'seat.claimed': ({ name, state }) => {
    if (state === 'approved') return `${name}: место занято снова, с другого устройства`
    return state === 'declined' || state === 'expired'
      ? `${name}: место никому не отдано`
      : `${name}: кто-то просит это место`
  },
  'dice.seeded': ({ number: seed, isDisclosed }) =>
    (seed === null ? 'У кубиков новое зерно' : `У кубиков новое зерно, номер ${number(seed)}`) +
    (isDisclosed ? '; тайные броски с прежним открыты' : ''),
  'character.created': ({ name }) => `Новый персонаж: ${name}`,
  'character.edited': ({ name, fields }) => `${name}: лист изменён${inBrackets(words.fields, fields)}`,
  'character.removed': ({ name }) => `Персонаж удалён: ${name}`,
  'character.given': ({ name, to }) =>
    to === null ? `${name} переходит в другие руки` : `${name}: теперь играет ${to}`,
  'character.rested': ({ name, kind }) =>
    kind === 'long' ? `${name} завершает продолжительный отдых` : `${name} завершает короткий отдых`,
  'character.spent': ({ name, what, key, amount, left, max }) =>
    `${name} тратит: ${spent(what, key)} × ${number(amount ?? 1)}${leftOf(left, max)}`,
  'character.regained': ({ name, what, key, amount, left, max }) =>
    `${name} восстанавливает: ${spent(what, key)} × ${number(amount ?? 1)}${leftOf(left, max)}`,
  'combat.started': () => 'Бой начинается',
  'combat.ended': () => 'Бой окончен',
  'round.began': ({ round }) => `Раунд ${number(round ?? 1)}`,
  'turn.began': ({ name }) => `Ход: ${name}`,
  'turn.back': ({ name }) => `Назад к ходу: ${name}`,
  'combatant.joined': ({ name, count: joined }) =>
    joined === null || joined === 1 ? `${name} вступает в бой` : `${name} (${number(joined)}) вступают в бой`,
  'combatant.left': ({ name }) => `${name} выходит из боя`,
  'combatant.edited': ({ name }) => `${name}: данные изменены`,
  'combatant.delayed': ({ name }) => `${name} откладывает ход`,
  'combatant.readied': ({ name }) => `${name} готовит действие`,
  'combatant.returned': ({ name }) => `${name} возвращается в очередь`,
  'initiative.rolled': ({ name, total }) =>
    total === null ? `${name}: инициатива` : `${name}: инициатива ${number(total)}`,
  damage: ({ name, amount, types }) => {
    if (amount === 0) return `${name} не получает урона`
    const damage = amount === null ? 'урон' : `${number(amount)} урона`
    return `${name} получает ${damage}${inBrackets(words.damageTypes, types)}`
  },
  healing: ({ name, amount }) => {
    if (amount === 0) return `${name} не восстанавливает хитов`
    return `${name} восстанавливает ${amount === null ? 'хиты' : count(amount, hitPoints)}`
  },
  'temporary-hp': ({ name, amount }) => `${name}: ${count(amount ?? 0, temporaryHitPoints)}`,
  'hp.set': ({ name, now }) =>
    now === null ? `${name}: хиты исправлены` : `${name}: теперь ${count(now, hitPoints)}`,
  'maximum.changed': ({ name, by }) =>
    by === null ? `${name}: другой максимум хитов` : `${name}: максимум хитов ${signed(by)}`,
  'label.changed': ({ name, label }) => `${name}: ${wordFor(words.hpLabels, label)}`,
  'condition.gained': ({ name, condition, rounds: lasting }) =>
    `${name} получает состояние «${wordFor(words.conditions, condition)}»` +
    (lasting === null ? '' : ` на ${count(lasting, rounds)}`),
  'condition.lost': ({ name, condition }) =>
    `${name} теряет состояние «${wordFor(words.conditions, condition)}»`,
  'exhaustion.changed': ({ name, from, to }) =>
    `${name}: истощение ${from === null ? '' : `${number(from)} → `}${number(to ?? 0)}`,
  'concentration.began': ({ name, spell }) =>
    spell === null ? `${name} концентрируется` : `${name} концентрируется: ${spell}`,
  'concentration.ended': ({ name, spell, reason }) =>
    (spell === null ? `${name} теряет концентрацию` : `${name} теряет концентрацию: ${spell}`) +
    because(words.concentrationEnds, reason),
  'concentration.check': ({ name, dc, total }) =>
    `${name}: проверка концентрации` +
    (dc === null ? '' : `, Сл ${number(dc)}`) +
    (total === null ? '' : `, результат ${number(total)}`),
  'concentration.kept': ({ name, spell }) =>
    spell === null ? `${name} сохраняет концентрацию` : `${name} сохраняет концентрацию: ${spell}`,
  'death-save': ({ name, result, face, successes, failures }) => {
    const of = (counter: number | null) => (counter === null ? '' : ` (${number(counter)} из 3)`)
    if (result === 'due') return `${name}: пора делать спасбросок от смерти`
    if (result === 'success') return `${name}: успех спасброска от смерти${of(successes)}`
    if (result === 'failure') return `${name}: провал спасброска от смерти${of(failures)}`
    if (result === 'two-failures') return `${name}: два провала спасброска от смерти${of(failures)}`
    if (result === 'revived') return `${name}: натуральная 20 против смерти, снова 1 хит`
    return `${name}: спасбросок от смерти` + (face === null ? '' : `, результат ${number(face)}`)
  },
  stabilised: ({ name }) => `${name}: состояние стабильно`,
  died: ({ name, reason }) => `${name} погибает${because(words.deaths, reason)}`,
  fell: ({ name }) => `${name} теряет сознание`,
  revived: ({ name }) => `${name} приходит в сознание`,
  'knocked-out': ({ name }) => `${name} в нокауте`,
  'counter.used': ({ name, counter, count: used }) =>
    `${name} тратит: ${wordFor(words.counters, counter)} × ${number(used ?? 1)}`,
  'counter.regained': ({ name, counter, count: back }) =>
    `${name} восстанавливает: ${wordFor(words.counters, counter)} × ${number(back ?? 1)}`,
  recharged: ({ name, ability, isReady }) =>
    isReady ? `${name}: ${ability} снова наготове` : `${name}: ${ability} пока не наготове`,
  'reaction.used': ({ name }) => `${name} тратит реакцию`,
  undone: ({ what }) => `Отменено: ${commandIn(words, what)}`,
  redone: ({ what }) => `Повторено: ${commandIn(words, what)}`,
}
