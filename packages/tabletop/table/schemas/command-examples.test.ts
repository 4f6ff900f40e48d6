import { expect, it } from 'bun:test'
import { openCommands } from '../commands/all-commands'
import { commandExamples } from './command-examples'

it('every command that players may give has an example, and it is understood', () => {
  expect(Object.keys(commandExamples).toSorted()).toEqual(openCommands.map(({ name }) => name).toSorted())
  for (const command of openCommands) {
    const { name } = command
    expect({ name, ...command.payload.safeParse(commandExamples[name]) }).toMatchObject({
      name,
      success: true,
    })
  }
})
