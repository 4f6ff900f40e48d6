import { catalogueOf } from '@innkeeper/tabletop/language/catalogue-of'
import type { Language } from '@innkeeper/tabletop/language/languages'
import { printDiceFor } from '@innkeeper/tabletop/language/print-dice-for'
import { commandIn } from '@innkeeper/tabletop/language/words'
import type { WaitingCommand } from '@innkeeper/client/outbox-storage'

/** @returns what a command is about, in a few words: the dice of a roll as they were written, else what it does */
export function sayCommand(
  { name, payload }: Pick<WaitingCommand, 'name' | 'payload'>,
  language: Language,
): string {
  const hasDice = typeof payload === 'object' && payload !== null && 'expression' in payload
  if (name === 'dice.roll' && hasDice) return printDiceFor(language, String(payload.expression))
  return commandIn(catalogueOf(language).words, name)
}
