import type { Refusal, Viewer } from '@innkeeper/rooms/room-type'
import {
  defineCommand,
  type CommandDefinition,
  type CommandType,
  type Context,
  type Decided,
} from '../decision'

/**
 * The role of the server itself, for what begins outside of the room: seats and their tokens. `admit` never gives it,
 * so no socket can have it.
 */
export const stewardRole = 'steward'

type Definition<Payload> = Omit<CommandDefinition<Payload>, 'forPlayers'>

/** @returns a kind of command that the server alone can give; it decides with the GM's rights */
export function steward<Payload>(definition: Definition<Payload>): CommandType {
  const type = defineCommand(definition)
  return {
    ...type,
    parse(payload) {
      const command = type.parse(payload)
      if ('refused' in command) return command
      return { ...command, decide: (context) => refuseOthers(context.by) ?? asGm(command, context) }
    },
  }
}

function refuseOthers({ role }: Viewer): Refusal | undefined {
  if (role === stewardRole) return undefined
  return { refused: 'not-allowed', detail: 'This goes through the address of the table’s seats' }
}

function asGm(command: { decide(context: Context): Decided }, context: Context): Decided {
  return command.decide({ ...context, by: { ...context.by, role: 'gm' } })
}
