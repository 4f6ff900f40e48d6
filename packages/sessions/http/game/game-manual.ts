import { exportCharacter } from '@innkeeper/tabletop/characters/exchange'
import { attribution } from '@innkeeper/tabletop/compendium/attribution'
import { findSrdMonster } from '@innkeeper/tabletop/compendium/srd-monsters'
import { distributionOf } from '@innkeeper/tabletop/dice/dice-distribution'
import { parseDice } from '@innkeeper/tabletop/dice/parse-dice'
import { toFairnessRoll } from '@innkeeper/tabletop/dice/verify-rolls'
import { exportTable } from '@innkeeper/tabletop/exchange/export-table'
import { writeLog } from '@innkeeper/tabletop/exchange/log-markdown'
import { openCommands } from '@innkeeper/tabletop/table/commands/all-commands'
import { logOf } from '@innkeeper/tabletop/table/log-of'
import { commandExamples } from '@innkeeper/tabletop/table/schemas/command-examples'
import { exampleIds } from '@innkeeper/tabletop/table/schemas/example-ids'
import { exampleGm, examplePlayer, ExampleTable } from '@innkeeper/tabletop/table/schemas/example-table'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import type { ApiManual } from '@innkeeper/web-kit/api-document'
import { toRollAnswer } from '../dice-schemas'
import { toCharacterAnswer } from './character-answer'
import { toCombatAnswer } from './combat-answer'
import { combatPath } from './combat-routes'

const { hero, monster } = exampleIds
const goblin = 'goblin'

/** What the routes of the game are about, and examples, which a table of their own gives. */
export function gameManual(): ApiManual {
  return {
    tags: {
      characters: 'Sheets, and what follows from them. Players edit their own, the game master all.',
      combat: 'Initiative, turns, hit points and conditions. Every command can be undone.',
      dice: 'Rolls, their history, their chances, and what it takes to verify them.',
      monsters: 'The creatures of the SRD 5.1.',
    },
    bodies: { ...characterBodies(), ...combatBodies() },
    answers: playedAnswers(),
  }
}

function characterBodies() {
  const about = (what: string) => {
    const { id: _inPath, ...body } = commandExamples[`character.${what}`] ?? {}
    return [`POST /api/characters/{id}/${what}`, body] as const
  }
  const { document } = commandExamples['character.import'] ?? {}
  return {
    'POST /api/dice/roll': commandExamples['dice.roll'],
    'POST /api/dice/reseed': commandExamples['dice.reseed'],
    'POST /api/characters': commandExamples['character.create'],
    'POST /api/characters/import': document,
    'PATCH /api/characters/{id}': about('edit')[1],
    ...Object.fromEntries(['give', 'spend', 'regain', 'rest', 'roll'].map(about)),
  }
}

function combatBodies() {
  return {
    ...Object.fromEntries(
      openCommands.map(({ name }) => [`POST ${combatPath(name)}`, commandExamples[name]]),
    ),
    'PATCH /api/combat/combatants/{id}': commandExamples['combat.edit']?.['changes'],
  }
}

function playedAnswers() {
  const table = new ExampleTable()
  table.give(examplePlayer, 'character.create')
  const rolled = table.give(examplePlayer, 'dice.roll')
  const checked = table.give(examplePlayer, 'character.roll')
  const seen = { seq: table.seq, table: table.seenBy(examplePlayer) }
  const character = toCharacterAnswer(seen, hero)
  const { [hero]: known } = seen.table.game.character
  const { [hero]: vitals } = seen.table.game.vitals
  return {
    CharacterAnswer: character,
    CharactersAnswer: { seq: seen.seq, characters: [character] },
    'GET /api/characters/{id}/export': known && vitals ? exportCharacter(known, vitals) : null,
    TableEvents: { events: checked },
    SessionView: viewExample(table),
    SeenAs: { seq: table.seq, role: 'player', state: seen.table },
    ...diceAnswers(rolled),
    ...combatAnswers(table),
    ...keptAnswers(table),
    ...compendiumAnswers(),
  }
}

function viewExample(table: ExampleTable) {
  return {
    session: {
      id: exampleIds.room,
      code: 'QX7M2KDP',
      name: 'Phandalin',
      language: 'en',
      edition: '2014',
      joinable: true,
      createdAt: 1_795_296_000_000,
    },
    player: { uuid: exampleIds.player, name: 'Торин', role: 'player' },
    isLinked: false,
    seq: table.seq,
    state: table.seenBy(examplePlayer),
    players: [{ uuid: exampleIds.player, nick: 'Торин', role: 'player' }],
  }
}

function diceAnswers(events: readonly RecordedTableEvent[]) {
  const rolled = events.find((event) => event.name === 'dice.rolled')
  const parsed = parseDice('2d6')
  if (!rolled || 'error' in parsed) throw new Error('The example of a roll has rolled nothing')
  const roll = toRollAnswer(rolled)
  const { payload } = rolled
  const fair = 'fair' in payload ? [toFairnessRoll(payload.fair, payload.result)] : []
  return {
    Roll: roll,
    RollHistory: { rolls: [roll] },
    LogPage: { entries: logOf(rolled) },
    DiceDistribution: { expression: '2d6', ...distributionOf(parsed.expression) },
    Fairness: {
      seeds: [{ number: 1, commit: new ExampleTable().seenBy(exampleGm).dice?.commit ?? '' }],
      rolls: fair,
    },
  }
}

function combatAnswers(table: ExampleTable) {
  table.give(exampleGm, 'combat.add')
  table.give(exampleGm, 'combat.start')
  const targets = [{ id: hero, isHalved: true }, { id: monster }]
  const events = table.give(exampleGm, 'combat.damage', { ...commandExamples['combat.damage'], targets })
  const combat = toCombatAnswer({ seq: table.seq, table: table.seenBy(exampleGm) })
  return { CombatAnswer: combat, CombatEvents: { ...combat, events } }
}

function keptAnswers(table: ExampleTable) {
  const state = table.seenBy(exampleGm)
  const entries = state.log
  return {
    TableDocument: exportTable({ table: state, entries }),
    'GET /api/session/log.md': writeLog({
      table: state,
      entries,
      language: 'en',
      timeZone: 'UTC',
      isExplained: false,
    }),
  }
}

function compendiumAnswers() {
  const found = findSrdMonster(goblin)
  return {
    Monsters: { monsters: [found], total: 1, next: null, attribution },
    MonsterAnswer: { monster: found, attribution },
  }
}
