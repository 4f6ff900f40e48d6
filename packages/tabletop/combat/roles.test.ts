import { describe, expect, it } from 'bun:test'
import type { Viewer } from '@innkeeper/rooms/room-type'
import { allCommands } from '../table/commands/all-commands'
import { ana, gm, watcher } from '../table/testing/test-table'
import { everyCommand } from './testing/every-command'
import { fight, type Fight } from './testing/fight'

const stats = { legendaryResistances: 3, recharges: [{ name: 'Breath', from: 5 }] }

/** A fight in Ana's turn, round 2, with a wolf and a thief in hiding. */
function skirmish(name: string): Fight {
  const thief = { isHidden: true, diesAtZero: false, stats }
  const wolf = { diesAtZero: false, stats }
  const isStarted = name !== 'combat.start'
  const at = fight({ monsters: { Wolf: wolf, Thief: thief }, isStarted })
  if (isStarted) for (let turn = 0; turn < 4; turn += 1) at.run('combat.next')
  return at
}

function answerOf(by: Viewer, command: (typeof everyCommand)[number], whose: string): string {
  const at = skirmish(command.name)
  const id = at.idOf(whose)
  command.before?.(at, id)
  return at.refusal(by, command.name, command.payload(at, id)) || 'allowed'
}

const stranger: Viewer = { uuid: 'eve-1', role: 'watcher' }

describe('who may do what in a fight', () => {
  it('is known of every command', () => {
    const known = allCommands.map(({ name }) => name).filter((name) => name.startsWith('combat.'))
    expect(everyCommand.map(({ name }) => name).toSorted()).toEqual(known.toSorted())
  })

  for (const command of everyCommand) {
    const { name, forPlayers, of } = command
    const creatures = of === 'monster' ? ['Wolf', 'Thief'] : ['Ana', 'Boris', 'Wolf', 'Thief']
    const mine = of === 'monster' ? 'Wolf' : 'Ana'

    it(`${name}: the GM everything, whoever watches nothing`, () => {
      for (const whose of of === 'fight' ? [mine] : creatures) {
        expect([whose, answerOf(gm, command, whose)]).toEqual([whose, 'allowed'])
        expect([whose, answerOf(watcher, command, whose)]).toEqual([whose, 'not-allowed'])
        expect([whose, answerOf(stranger, command, whose)]).toEqual([whose, 'not-allowed'])
      }
    })

    if (of === 'fight' || !forPlayers)
      it(`${name}: players ${forPlayers ? 'in their own turn' : 'never'}`, () => {
        expect(answerOf(ana, command, mine)).toBe(forPlayers ? 'allowed' : 'not-allowed')
      })
    else
      it(`${name}: players of their own, and not so much as whether a hidden one is there`, () => {
        expect(creatures.map((whose) => answerOf(ana, command, whose))).toEqual([
          'allowed',
          'not-allowed',
          'not-allowed',
          'not-found',
        ])
      })
  }
})
