import { z } from 'zod'
import { defineCommand, defineGameCommand, type CommandType } from '../table/decision'
import { creation, edit, gift, removal, spending } from './character-payloads'
import { createCharacter, importCharacter } from './create-character'
import { editCharacter, giveCharacter, removeCharacter } from './edit-character'
import { characterDocument } from './exchange'
import { rest, restCharacter } from './rest'
import { characterRoll, rollCharacter } from './roll-character'
import { regain, spend } from './spend'

/** What can be asked about characters. Players ask about their own, the GM about all. */
export const characterCommands: readonly CommandType[] = [
  defineGameCommand('character.changed', {
    name: 'character.create',
    summary: 'Make a character; a name is enough',
    forPlayers: true,
    payload: creation,
    decide: createCharacter,
  }),
  defineGameCommand('character.changed', {
    name: 'character.import',
    summary: 'Make a character from a document that a table gave out',
    forPlayers: true,
    payload: z.strictObject({ document: characterDocument }),
    decide: (context, { document }) => importCharacter(context, document),
  }),
  defineGameCommand('character.changed', {
    name: 'character.edit',
    summary: 'Replace fields of a character or its sheet, unless somebody changed them meanwhile',
    forPlayers: true,
    payload: edit,
    decide: editCharacter,
  }),
  defineGameCommand('character.changed', {
    name: 'character.give',
    summary: 'Give a character to a player, or take it back to the GM',
    payload: gift,
    decide: giveCharacter,
  }),
  defineGameCommand('character.changed', {
    name: 'character.remove',
    summary: 'Take a character away',
    forPlayers: true,
    payload: removal,
    decide: removeCharacter,
  }),
  defineGameCommand('character.changed', {
    name: 'character.spend',
    summary: 'Use up spell slots, uses of a resource, or hit dice',
    forPlayers: true,
    payload: spending,
    decide: spend,
  }),
  defineGameCommand('character.changed', {
    name: 'character.regain',
    summary: 'Get back what was used up',
    forPlayers: true,
    payload: spending,
    decide: regain,
  }),
  defineGameCommand('character.changed', {
    name: 'character.rest',
    summary: 'A short rest, with hit dice that are rolled here, or a long one',
    forPlayers: true,
    payload: rest,
    decide: restCharacter,
  }),
  defineCommand({
    name: 'character.roll',
    summary: 'Roll a check, a save, an attack or damage off a sheet, with the advantage that it has',
    forPlayers: true,
    payload: characterRoll,
    decide: rollCharacter,
  }),
]
