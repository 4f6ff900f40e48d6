import type { LineSentences } from '../catalogue'
import { because, inBrackets, wordFor } from '../speech'
import { commandIn } from '../words'
import { speech } from './speech'
import { words } from './words'

const { count, number, signed } = speech
const hitPoints = { one: 'ponto de vida', other: 'pontos de vida' }
const temporaryHitPoints = { one: 'ponto de vida temporário', other: 'pontos de vida temporários' }
const rounds = { one: 'rodada', other: 'rodadas' }
const minutes = { one: 'minuto', other: 'minutos' }

const spent = (what: string, key: string) => {
  if (what === 'slot') return key === 'pact' ? 'espaço de magia de pacto' : `espaço de magia de nível ${key}`
  return what === 'hit-die' ? `dado de vida ${key}` : 'recurso'
}
const leftOf = (left: number | null, max: number | null) =>
  left === null || max === null ? '' : `, restam ${number(left)} de ${number(max)}`

/** What the log says in Brazilian Portuguese. */
export const lines: LineSentences = {
  'table.opened': ({ name }) => (name === null ? 'A mesa está aberta' : `A mesa “${name}” está aberta`),
  'table.renamed': ({ to }) => `A mesa agora se chama “${to}”`,
  'table.imported': () => 'Uma mesa salva foi trazida para cá',
  'edition.changed': ({ edition }) => `Nova edição: ${wordFor(words.editions, edition)}`,
  'house-rules.changed': ({ rules }) => `Regras da casa alteradas${inBrackets(words.houseRules, rules)}`,
  'language.changed': ({ language }) => `Idioma da mesa: ${wordFor(words.languages, language)}`,
  'player.joined': ({ name }) => `${name} senta-se à mesa`,
  'player.renamed': ({ from, to }) => `${from} agora se chama ${to}`,
  'player.removed': ({ name }) => `${name} não está mais à mesa`,
  'player.linked': ({ name, isLinked }) =>
    isLinked
      ? `O lugar de ${name} agora pertence a uma conta`
      : `O lugar de ${name} não pertence mais a uma conta`,
  'role.lent': ({ name, minutes: lent }) =>
    lent === null
      ? `${name} conduz o jogo por um tempo`
      : `${name} conduz o jogo por ${count(lent, minutes)}`,
  'role.returned': ({ name }) => `${name} não conduz mais o jogo`,
  'role.changed': ({ name, role }) => `Novo papel de ${name}: ${wordFor(words.roles, role)}`,
  'seat.claimed': ({ name, state }) => {
    if (state === 'approved') return `O lugar de ${name} foi retomado em outro aparelho`
    return state === 'declined' || state === 'expired'
      ? `O lugar de ${name} não muda de mãos`
      : `Alguém pede o lugar de ${name}`
  },
  'dice.seeded': ({ number: seed, isDisclosed }) =>
    (seed === null
      ? 'Os dados têm uma nova semente'
      : `Os dados têm uma nova semente, a número ${number(seed)}`) +
    (isDisclosed ? '; as rolagens secretas da anterior estão abertas' : ''),
  'character.created': ({ name }) => `Novo personagem: ${name}`,
  'character.edited': ({ name, fields }) => `${name}: ficha alterada${inBrackets(words.fields, fields)}`,
  'character.removed': ({ name }) => `Personagem removido: ${name}`,
  'character.given': ({ name, to }) =>
    to === null ? `${name} muda de mãos` : `Quem joga com ${name} agora: ${to}`,
  'character.rested': ({ name, kind }) =>
    kind === 'long' ? `${name} termina um descanso longo` : `${name} termina um descanso curto`,
  'character.spent': ({ name, what, key, amount, left, max }) =>
    `${name} gasta: ${spent(what, key)} × ${number(amount ?? 1)}${leftOf(left, max)}`,
  'character.regained': ({ name, what, key, amount, left, max }) =>
    `${name} recupera: ${spent(what, key)} × ${number(amount ?? 1)}${leftOf(left, max)}`,
  'combat.started': () => 'O combate começa',
  'combat.ended': () => 'O combate termina',
  'round.began': ({ round }) => `Rodada ${number(round ?? 1)}`,
  'turn.began': ({ name }) => `Turno de ${name}`,
  'turn.back': ({ name }) => `De volta ao turno de ${name}`,
  'combatant.joined': ({ name, count: joined }) =>
    joined === null || joined === 1
      ? `${name} entra no combate`
      : `${name} (${number(joined)}) entram no combate`,
  'combatant.left': ({ name }) => `${name} sai do combate`,
  'combatant.edited': ({ name }) => `${name}: dados alterados`,
  'combatant.delayed': ({ name }) => `${name} adia o turno`,
  'combatant.readied': ({ name }) => `${name} prepara uma ação`,
  'combatant.returned': ({ name }) => `${name} volta à ordem`,
  'initiative.rolled': ({ name, total }) =>
    total === null ? `${name}: iniciativa` : `${name}: iniciativa ${number(total)}`,
  damage: ({ name, amount, types }) => {
    if (amount === 0) return `${name} não sofre dano`
    const damage = amount === null ? 'dano' : `${number(amount)} de dano`
    return `${name} sofre ${damage}${inBrackets(words.damageTypes, types)}`
  },
  healing: ({ name, amount }) => {
    if (amount === 0) return `${name} não recupera pontos de vida`
    return `${name} recupera ${amount === null ? 'pontos de vida' : count(amount, hitPoints)}`
  },
  'temporary-hp': ({ name, amount }) => `${name}: ${count(amount ?? 0, temporaryHitPoints)}`,
  'hp.set': ({ name, now }) =>
    now === null ? `${name}: pontos de vida ajustados` : `${name}: ajuste para ${count(now, hitPoints)}`,
  'maximum.changed': ({ name, by }) =>
    by === null
      ? `${name}: outro máximo de pontos de vida`
      : `${name}: máximo de pontos de vida ${signed(by)}`,
  'label.changed': ({ name, label }) => `${name}: ${wordFor(words.hpLabels, label)}`,
  'condition.gained': ({ name, condition, rounds: lasting }) =>
    `${name} recebe a condição ${wordFor(words.conditions, condition)}` +
    (lasting === null ? '' : ` por ${count(lasting, rounds)}`),
  'condition.lost': ({ name, condition }) =>
    `${name} perde a condição ${wordFor(words.conditions, condition)}`,
  'exhaustion.changed': ({ name, from, to }) =>
    `${name}: exaustão ${from === null ? '' : `${number(from)} → `}${number(to ?? 0)}`,
  'concentration.began': ({ name, spell }) =>
    spell === null ? `${name} se concentra` : `${name} se concentra em ${spell}`,
  'concentration.ended': ({ name, spell, reason }) =>
    (spell === null ? `${name} perde a concentração` : `${name} perde a concentração em ${spell}`) +
    because(words.concentrationEnds, reason),
  'concentration.check': ({ name, dc, total }) =>
    `${name}: teste de concentração` +
    (dc === null ? '' : `, CD ${number(dc)}`) +
    (total === null ? '' : `, resultado ${number(total)}`),
  'concentration.kept': ({ name, spell }) =>
    spell === null ? `${name} mantém a concentração` : `${name} mantém a concentração em ${spell}`,
  'death-save': ({ name, result, face, successes, failures }) => {
    const of = (counter: number | null) => (counter === null ? '' : ` (${number(counter)} de 3)`)
    if (result === 'due') return `${name}: hora da salvaguarda contra a morte`
    if (result === 'success') return `${name}: sucesso contra a morte${of(successes)}`
    if (result === 'failure') return `${name}: falha contra a morte${of(failures)}`
    if (result === 'two-failures') return `${name}: duas falhas contra a morte${of(failures)}`
    if (result === 'revived') return `${name}: 20 natural contra a morte, volta com 1 ponto de vida`
    return `${name}: salvaguarda contra a morte` + (face === null ? '' : `, resultado ${number(face)}`)
  },
  stabilised: ({ name }) => `${name} está estável`,
  died: ({ name, reason }) => `${name} morre${because(words.deaths, reason)}`,
  fell: ({ name }) => `${name} perde a consciência`,
  revived: ({ name }) => `${name} recupera a consciência`,
  'knocked-out': ({ name }) => `${name} vai a nocaute`,
  'counter.used': ({ name, counter, count: used }) =>
    `${name} usa: ${wordFor(words.counters, counter)} × ${number(used ?? 1)}`,
  'counter.regained': ({ name, counter, count: back }) =>
    `${name} recupera: ${wordFor(words.counters, counter)} × ${number(back ?? 1)}`,
  recharged: ({ name, ability, isReady }) =>
    isReady ? `${name}: ${ability} à disposição` : `${name}: ${ability} ainda não`,
  'reaction.used': ({ name }) => `${name} usa a reação`,
  undone: ({ what }) => `Desfeito: ${commandIn(words, what)}`,
  redone: ({ what }) => `Refeito: ${commandIn(words, what)}`,
}
