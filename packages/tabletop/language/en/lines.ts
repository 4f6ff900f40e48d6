import type { LineSentences } from '../catalogue'
import { because, inBrackets, wordFor } from '../speech'
import { commandIn } from '../words'
import { speech } from './speech'
import { words } from './words'

const { count, number, signed } = speech
const hitPoints = { one: 'hit point', other: 'hit points' }
const temporaryHitPoints = { one: 'temporary hit point', other: 'temporary hit points' }
const rounds = { one: 'round', other: 'rounds' }
const minutes = { one: 'minute', other: 'minutes' }

const spent = (what: string, key: string) => {
  if (what === 'slot') return key === 'pact' ? 'pact spell slot' : `level ${key} spell slot`
  return what === 'hit-die' ? `hit die ${key}` : 'resource'
}
const leftOf = (left: number | null, max: number | null) =>
  left === null || max === null ? '' : `, ${number(left)} of ${number(max)} left`

/** What the log says in English. */
export const lines: LineSentences = {
  'table.opened': ({ name }) => (name === null ? 'The table is open' : `The table “${name}” is open`),
  'table.renamed': ({ to }) => `The table is now called “${to}”`,
  'table.imported': () => 'A saved table was brought in',
  'edition.changed': ({ edition }) => `New edition: ${wordFor(words.editions, edition)}`,
  'house-rules.changed': ({ rules }) => `House rules changed${inBrackets(words.houseRules, rules)}`,
  'language.changed': ({ language }) => `Language of the table: ${wordFor(words.languages, language)}`,
  'player.joined': ({ name }) => `${name} takes a seat`,
  'player.renamed': ({ from, to }) => `${from} is now called ${to}`,
  'player.removed': ({ name }) => `${name} is no longer at the table`,
  'player.linked': ({ name, isLinked }) =>
    isLinked ? `${name}’s seat now belongs to an account` : `${name}’s seat no longer belongs to an account`,
  'role.lent': ({ name, minutes: lent }) =>
    lent === null ? `${name} runs the game for a while` : `${name} runs the game for ${count(lent, minutes)}`,
  'role.returned': ({ name }) => `${name} no longer runs the game`,
  'role.changed': ({ name, role }) => `New role of ${name}: ${wordFor(words.roles, role)}`,
  'seat.claimed': ({ name, state }) => {
    if (state === 'approved') return `${name}’s seat is taken again, from another device`
    return state === 'declined' || state === 'expired'
      ? `Nobody else gets ${name}’s seat`
      : `Somebody asks for ${name}’s seat`
  },
  'dice.seeded': ({ number: seed, isDisclosed }) =>
    (seed === null ? 'The dice have a new seed' : `The dice have a new seed, number ${number(seed)}`) +
    (isDisclosed ? '; the secret rolls of the one before are open' : ''),
  'character.created': ({ name }) => `New character: ${name}`,
  'character.edited': ({ name, fields }) => `${name}: sheet changed${inBrackets(words.fields, fields)}`,
  'character.removed': ({ name }) => `Character removed: ${name}`,
  'character.given': ({ name, to }) =>
    to === null ? `${name} is in other hands` : `${name} is now played by ${to}`,
  'character.rested': ({ name, kind }) =>
    kind === 'long' ? `${name} finishes a long rest` : `${name} finishes a short rest`,
  'character.spent': ({ name, what, key, amount, left, max }) =>
    `${name} uses up: ${spent(what, key)} × ${number(amount ?? 1)}${leftOf(left, max)}`,
  'character.regained': ({ name, what, key, amount, left, max }) =>
    `${name} regains: ${spent(what, key)} × ${number(amount ?? 1)}${leftOf(left, max)}`,
  'combat.started': () => 'Combat begins',
  'combat.ended': () => 'Combat ends',
  'round.began': ({ round }) => `Round ${number(round ?? 1)}`,
  'turn.began': ({ name }) => `${name}’s turn`,
  'turn.back': ({ name }) => `Back to ${name}’s turn`,
  'combatant.joined': ({ name, count: joined }) =>
    joined === null || joined === 1
      ? `${name} joins the combat`
      : `${name} (${number(joined)}) join the combat`,
  'combatant.left': ({ name }) => `${name} leaves the combat`,
  'combatant.edited': ({ name }) => `${name}: details changed`,
  'combatant.delayed': ({ name }) => `${name} delays`,
  'combatant.readied': ({ name }) => `${name} readies an action`,
  'combatant.returned': ({ name }) => `${name} returns to the order`,
  'initiative.rolled': ({ name, total }) =>
    total === null ? `${name}: initiative` : `${name}: initiative ${number(total)}`,
  damage: ({ name, amount, types }) => {
    if (amount === 0) return `${name} takes no damage`
    const damage = amount === null ? 'damage' : `${number(amount)} damage`
    return `${name} takes ${damage}${inBrackets(words.damageTypes, types)}`
  },
  healing: ({ name, amount }) => {
    if (amount === 0) return `${name} regains no hit points`
    return amount === null ? `${name} regains hit points` : `${name} regains ${count(amount, hitPoints)}`
  },
  'temporary-hp': ({ name, amount }) => `${name}: ${count(amount ?? 0, temporaryHitPoints)}`,
  'hp.set': ({ name, now }) =>
    now === null ? `${name}: hit points set` : `${name}: set to ${count(now, hitPoints)}`,
  'maximum.changed': ({ name, by }) =>
    by === null ? `${name}: another hit point maximum` : `${name}: hit point maximum ${signed(by)}`,
  'label.changed': ({ name, label }) => `${name}: ${wordFor(words.hpLabels, label)}`,
  'condition.gained': ({ name, condition, rounds: lasting }) =>
    `${name} gains the ${wordFor(words.conditions, condition)} condition` +
    (lasting === null ? '' : ` for ${count(lasting, rounds)}`),
  'condition.lost': ({ name, condition }) =>
    `${name} loses the ${wordFor(words.conditions, condition)} condition`,
  'exhaustion.changed': ({ name, from, to }) =>
    `${name}: exhaustion ${from === null ? '' : `${number(from)} → `}${number(to ?? 0)}`,
  'concentration.began': ({ name, spell }) =>
    spell === null ? `${name} concentrates` : `${name} concentrates on ${spell}`,
  'concentration.ended': ({ name, spell, reason }) =>
    (spell === null ? `${name} loses concentration` : `${name} no longer concentrates on ${spell}`) +
    because(words.concentrationEnds, reason),
  'concentration.check': ({ name, dc, total }) =>
    `${name}: concentration check` +
    (dc === null ? '' : `, DC ${number(dc)}`) +
    (total === null ? '' : `, rolled ${number(total)}`),
  'concentration.kept': ({ name, spell }) =>
    spell === null ? `${name} keeps concentrating` : `${name} keeps concentrating on ${spell}`,
  'death-save': ({ name, result, face, successes, failures }) => {
    const of = (counter: number | null) => (counter === null ? '' : ` (${number(counter)} of 3)`)
    if (result === 'due') return `${name}: death save due`
    if (result === 'success') return `${name}: death save succeeds${of(successes)}`
    if (result === 'failure') return `${name}: death save fails${of(failures)}`
    if (result === 'two-failures') return `${name}: death save fails twice${of(failures)}`
    if (result === 'revived') return `${name}: natural 20 on the death save, back with 1 hit point`
    return `${name}: death save` + (face === null ? '' : `, rolled ${number(face)}`)
  },
  stabilised: ({ name }) => `${name} is stable`,
  died: ({ name, reason }) => `${name} dies${because(words.deaths, reason)}`,
  fell: ({ name }) => `${name} falls unconscious`,
  revived: ({ name }) => `${name} regains consciousness`,
  'knocked-out': ({ name }) => `${name} is knocked out`,
  'counter.used': ({ name, counter, count: used }) =>
    `${name} uses: ${wordFor(words.counters, counter)} × ${number(used ?? 1)}`,
  'counter.regained': ({ name, counter, count: back }) =>
    `${name} regains: ${wordFor(words.counters, counter)} × ${number(back ?? 1)}`,
  recharged: ({ name, ability, isReady }) =>
    isReady ? `${name}: ${ability} is ready` : `${name}: ${ability} is not ready`,
  'reaction.used': ({ name }) => `${name} uses the reaction`,
  undone: ({ what }) => `Taken back: ${commandIn(words, what)}`,
  redone: ({ what }) => `Done again: ${commandIn(words, what)}`,
}
