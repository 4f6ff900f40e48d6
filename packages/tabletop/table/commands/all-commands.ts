import { characterCommands } from '../../characters/character-commands'
import { conditionCommands } from '../../combat/condition-commands'
import { counterCommands } from '../../combat/counter-commands'
import { hitPointCommands } from '../../combat/hit-point-commands'
import { initiativeCommands } from '../../combat/initiative-commands'
import { restCommands } from '../../combat/rest-command'
import { rosterCommands } from '../../combat/roster-commands'
import { turnCommands } from '../../combat/turn-commands'
import type { CommandType } from '../decision'
import { diceCommands } from './dice-commands'
import { importCommands } from './import-commands'
import { stewardCommands } from './steward-commands'
import { undoCommands } from './undo-commands'

/** Everything that players may ask of a table. */
export const openCommands: readonly CommandType[] = [
  ...diceCommands,
  ...characterCommands,
  ...rosterCommands,
  ...initiativeCommands,
  ...turnCommands,
  ...hitPointCommands,
  ...conditionCommands,
  ...counterCommands,
  ...restCommands,
  ...undoCommands,
]

/** The same with what the server asks by itself: no socket and no request has the role that these are for. */
export const allCommands: readonly CommandType[] = [...openCommands, ...stewardCommands, ...importCommands]

const byName = new Map(allCommands.map((command) => [command.name, command]))

/** @returns the kind of command with this name */
export function findCommand(name: string): CommandType | undefined {
  return byName.get(name)
}
