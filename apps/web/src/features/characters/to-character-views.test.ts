import { describe, expect, it } from 'bun:test'
import type { Character } from '@innkeeper/tabletop/characters/character'
import { blankSheet } from '@innkeeper/tabletop/characters/sheet'
import { seatedTable } from '../../testing/empty-table'
import { toCharacterViews, type Looker } from './to-character-views'

const character = (id: string, owner: string | null, sheet = true): Character => ({
  id,
  owner,
  name: id,
  isHidden: false,
  hpShown: 'exact',
  summary: '',
  publicNotes: '',
  gmNotes: '',
  sheet: sheet ? blankSheet : null,
})

function viewsFor(looker: Partial<Looker>) {
  const seated = seatedTable(['gm', 'Mira', 'gm'], ['lia', 'Lia', 'player'], ['tor', 'Торин', 'player'])
  const characters = [character('Ash', null), character('Bran', 'tor'), character('Cleo', 'lia')]
  const game = { ...seated.game, character: Object.fromEntries(characters.map((one) => [one.id, one])) }
  const whole = { me: 'lia', isGm: false, isFrozen: false, statuses: new Map(), ...looker }
  return toCharacterViews({ ...seated, game }, whole)
}

describe('toCharacterViews', () => {
  it('puts the viewer’s own first, then those of players, then those of the game master', () => {
    expect(viewsFor({ me: 'tor' }).map(({ id }) => id)).toEqual(['Bran', 'Cleo', 'Ash'])
  })

  it('gives controls to the owner and the game master, and to nobody where nothing can be changed', () => {
    const playable = (looker: Partial<Looker>) =>
      viewsFor(looker).flatMap(({ id, isPlayable }) => (isPlayable ? [id] : []))
    expect(playable({ me: 'lia' })).toEqual(['Cleo'])
    expect(playable({ me: 'gm', isGm: true })).toEqual(['Bran', 'Cleo', 'Ash'])
    expect(playable({ me: 'lia', isFrozen: true })).toEqual([])
  })

  it('says whether the owner is here, and claims nothing while nobody can know', () => {
    const statusOf = (statuses: Looker['statuses']) => viewsFor({ statuses })[0]?.ownerStatus
    expect([statusOf(new Map([['lia', 'online']])), statusOf(new Map()), statusOf(null)]).toEqual([
      'online',
      'left',
      'unknown',
    ])
  })
})
