import { character, derived, explained } from './character-schemas'
import {
  appliedCondition,
  combat,
  combatant,
  combatantWithVitals,
  defences,
  vitals,
} from './creature-schemas'
import {
  change,
  diceSeeded,
  gameChanged,
  logImported,
  playerJoined,
  seatChanged,
  seatClaimed,
  tableEdited,
  tableEvent,
  turnedBack,
} from './event-schemas'
import { monster } from './monster-schema'
import { diceResult, diceRolled } from './roll-schemas'
import { sheetView } from './sheet-view-schema'
import { diceCommitment, line, logEntry, said, step, tableState, undoMark } from './state-schemas'

/** Everything that a table shows, by the name that the documents call it. Nothing is parsed with these. */
export const tableSchemas = {
  AppliedCondition: appliedCondition,
  Change: change,
  Character: character,
  Combat: combat,
  Combatant: combatant,
  CombatantWithVitals: combatantWithVitals,
  Defences: defences,
  Derived: derived,
  DiceCommitment: diceCommitment,
  DiceResult: diceResult,
  DiceRolled: diceRolled,
  DiceSeeded: diceSeeded,
  Explained: explained,
  GameChanged: gameChanged,
  GameTurnedBack: turnedBack,
  Line: line,
  LogEntry: logEntry,
  LogImported: logImported,
  Monster: monster,
  PlayerJoined: playerJoined,
  Said: said,
  SeatChanged: seatChanged,
  SeatClaimed: seatClaimed,
  Sheet: sheetView,
  Step: step,
  TableEdited: tableEdited,
  TableEvent: tableEvent,
  TableState: tableState,
  UndoMark: undoMark,
  Vitals: vitals,
} as const
