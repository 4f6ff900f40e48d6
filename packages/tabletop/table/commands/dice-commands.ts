import { z } from 'zod'
import type { Refusal } from '@innkeeper/rooms/room-type'
import { parseDice } from '../../dice/parse-dice'
import { rollDice } from '../../dice/roll-dice'
import { defineCommand, type CommandType, type TableCommand } from '../decision'
import { diceRefused } from '../dice-refused'
import { openLine } from '../log-lines'
import { diceRollPayload } from '../messages'
import { rotateSeed, seededEvents } from '../table-dice'

const rollCommand = defineCommand({
  name: 'dice.roll',
  summary: 'Roll dice, for everyone, for the GM, for oneself, or blind',
  forPlayers: true,
  payload: diceRollPayload,
  decide({ dice: diceOf }, { expression: text, visibility, label: given, nonce }) {
    const parsed = parseDice(text)
    if ('error' in parsed) return diceRefused(parsed.error)
    const label = given || parsed.expression.label
    const dice = diceOf(nonce)
    const result = rollDice(parsed.expression, dice.die)
    if ('error' in result) return diceRefused(result.error)
    const expression = result.canonical
    const payload = {
      visibility,
      expression,
      ...(label === undefined ? {} : { label }),
      result,
      fair: dice.fair,
    }
    return { events: [...seededEvents(dice), { name: 'dice.rolled', payload }] }
  },
})

/** `dice.roll`. What cannot be read is refused before anything else is asked. */
const diceRoll: CommandType = {
  ...rollCommand,
  parse(payload): TableCommand | Refusal {
    const command = rollCommand.parse(payload)
    if ('refused' in command) return command
    const checked = diceRollPayload.parse(payload)
    const parsed = parseDice(checked.expression)
    return 'error' in parsed ? diceRefused(parsed.error) : command
  },
}

/** What `dice.reseed` carries. */
export const reseedPayload = z.strictObject({
  disclose: z
    .boolean()
    .default(false)
    .describe(
      'Let everyone verify the rolls that the GM kept secret too; what players rolled for themselves stays theirs',
    ),
})

const reseed = defineCommand({
  name: 'dice.reseed',
  summary:
    'Make the dice seed public, so that everyone can verify the rolls made with it, and commit to a new one',
  payload: reseedPayload,
  decide({ state, random }, { disclose }) {
    const seeded = rotateSeed(state, random)
    const isDisclosed = disclose && seeded.revealed !== undefined
    const line = openLine({ code: 'dice.seeded', params: { number: seeded.number, isDisclosed } })
    const revealed = seeded.revealed && { ...seeded.revealed, ...(isDisclosed ? { isDisclosed } : {}) }
    const payload = { ...seeded, ...(revealed ? { revealed } : {}), lines: [line] }
    return { events: [{ name: 'dice.seeded', payload }] }
  },
})

export const diceCommands: readonly CommandType[] = [diceRoll, reseed]
