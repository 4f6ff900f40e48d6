import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import type { Viewer } from '@innkeeper/rooms/room-type'
import { characterArbitrary, vitalsArbitrary } from '../characters/arbitrary-characters'
import { ana, boris, gm, watcher } from '../characters/testing/game-table'
import { viewCharacter } from '../characters/view-character'
import { hpDisplays, type Combatant, type Vitals } from './creatures'
import { viewCombat, viewCombatant, viewVitals } from './view-creatures'

setDefaultTimeout(60_000)

/** In every field that only the GM may read; no view of anyone else has it anywhere. */
const secret = 'SECRET'

const anyone: readonly Viewer[] = [ana, boris, watcher, { uuid: 'ana-1', role: 'watcher' }]
const strangers: readonly Viewer[] = [boris, watcher, { uuid: 'ana-1', role: 'watcher' }]

const monster: Vitals = {
  id: 'm-1',
  kind: 'monster',
  owner: null,
  isHidden: false,
  hpShown: 'hidden',
  life: 'conscious',
  exhaustion: 0,
  conditions: [
    {
      id: 'c-1',
      condition: 'poisoned',
      source: secret,
      until: { moment: 'end', of: secret, round: 2 },
      note: secret,
    },
  ],
  hitPoints: { now: 987_650_337, max: 987_650_338, maxChange: 987_650_339, temporary: 987_650_340 },
  label: null,
  deathSaves: { successes: 987_650_341, failures: 987_650_342 },
  concentration: secret,
  concentrationChecks: [{ id: secret, dc: 987_650_343 }],
  spent: { slots: { [secret]: 1 }, resources: { [secret]: 1 }, hitDice: { [secret]: 1 } },
}

const goblin: Combatant = {
  id: 'm-1',
  kind: 'monster',
  owner: null,
  name: `${secret} goblin`,
  alias: 'Shadow',
  isHidden: false,
  group: secret,
  initiative: 12,
  rank: 3,
  status: 'readied',
  isSurprised: true,
  isReactionUsed: true,
  rider: secret,
  stats: {
    monster: secret,
    armorClass: 987_650_337,
    dexModifier: 987_650_338,
    conSave: 987_650_339,
    defences: {
      resistances: [{ type: 'fire' }],
      vulnerabilities: [],
      immunities: [],
      conditionImmunities: ['prone'],
    },
    diesAtZero: true,
    legendaryActions: { max: 987_650_340, used: 987_650_341 },
    legendaryResistances: { max: 987_650_342, used: 987_650_343 },
    recharges: [{ name: secret, from: 5, isReady: true }],
    note: secret,
  },
}

function expectNoSecret(view: unknown): void {
  const bytes = JSON.stringify(view)
  expect(bytes).not.toContain(secret)
  expect(bytes).not.toMatch(/98765\d{4}/)
}

describe('the vitals of a creature', () => {
  it('the GM sees whole', () => {
    expect(viewVitals(monster, gm)).toEqual(monster)
  })

  it('that is hidden, nobody but the GM and its owner sees', () => {
    const hidden = { ...monster, owner: 'ana-1', isHidden: true }
    for (const viewer of strangers) expect(viewVitals(hidden, viewer)).toBeNull()
    expect(viewVitals(hidden, ana)).not.toBeNull()
    expect(viewVitals(hidden, gm)).not.toBeNull()
  })

  it('have hit points as the GM wants them shown', () => {
    const hurt = { ...monster, hitPoints: { now: 4, max: 20, maxChange: 0, temporary: 3 } }
    const shown = hpDisplays.map((hpShown) => viewVitals({ ...hurt, hpShown }, ana))
    expect(shown.map((view) => [view?.hpShown, view?.hitPoints, view?.label])).toEqual([
      ['exact', hurt.hitPoints, null],
      ['label', null, 'critical'],
      ['hidden', null, null],
    ])
  })

  it('show conditions, and where they come from only if that is open', () => {
    const [condition] = monster.conditions
    if (condition === undefined) throw new Error('no condition')
    expect(viewVitals(monster, ana)?.conditions).toEqual([{ id: 'c-1', condition: 'poisoned' }])
    const open = { ...monster, conditions: [{ ...condition, isOpen: true as const }] }
    expect(viewVitals(open, ana)?.conditions).toEqual(open.conditions)
  })

  it('tell what a character concentrates on, and not what a monster does', () => {
    expect(viewVitals({ ...monster, concentration: 'Bless' }, ana)?.concentration).toBeNull()
    expect(viewVitals({ ...monster, kind: 'character', concentration: 'Bless' }, ana)?.concentration).toBe(
      'Bless',
    )
  })

  it('are their owner’s, numbers and all, but for what others keep from them', () => {
    const own = { ...monster, kind: 'character', owner: 'ana-1', hpShown: 'hidden' } as const
    expect(viewVitals(own, ana)).toEqual({
      ...own,
      conditions: [{ id: 'c-1', condition: 'poisoned' }],
    })
  })

  it('show no secret to anyone else, however they are shown', () => {
    for (const hpShown of ['label', 'hidden'] as const)
      for (const viewer of anyone) expectNoSecret(viewVitals({ ...monster, hpShown }, viewer))
  })

  it('of any character show strangers no numbers that are not shown', () => {
    const any = characterArbitrary.chain((character) => vitalsArbitrary(character))
    fc.assert(
      fc.property(any, (vitals) => {
        for (const viewer of strangers.filter(({ uuid }) => uuid !== vitals.owner)) {
          const view = viewVitals(vitals, viewer)
          expect(view === null).toBe(vitals.isHidden)
          if (view === null) continue
          expect(view).toMatchObject({ spent: null, concentrationChecks: [] })
          expect(view.hitPoints).toEqual(vitals.hpShown === 'exact' ? vitals.hitPoints : null)
          expect(view.deathSaves).toEqual(vitals.hpShown === 'exact' ? vitals.deathSaves : null)
          expect(view.label === null).toBe(vitals.hpShown !== 'label')
        }
      }),
    )
  })
})

describe('a row in the order of initiative', () => {
  it('the GM sees whole', () => {
    expect(viewCombatant(goblin, gm)).toEqual(goblin)
  })

  it('others see under its alias, with nothing of its counters and defences', () => {
    for (const viewer of anyone) {
      expect(viewCombatant(goblin, viewer)).toEqual({
        id: 'm-1',
        kind: 'monster',
        owner: null,
        name: 'Shadow',
        alias: null,
        isHidden: false,
        group: null,
        initiative: 12,
        rank: 3,
        status: 'readied',
        isSurprised: true,
        isReactionUsed: true,
        rider: null,
        stats: null,
      })
      expectNoSecret(viewCombatant(goblin, viewer))
    }
  })

  it('is there for nobody but the GM while it is hidden', () => {
    for (const viewer of anyone) expect(viewCombatant({ ...goblin, isHidden: true }, viewer)).toBeNull()
  })

  it('is known by its name to its owner', () => {
    expect(viewCombatant({ ...goblin, owner: 'ana-1', isHidden: true }, ana)).toMatchObject({
      name: `${secret} goblin`,
      alias: 'Shadow',
      stats: null,
    })
  })
})

describe('the fight', () => {
  const combat = {
    phase: 'running',
    round: 2,
    turn: 'm-1',
    real: { round: 987_650_337, turn: secret },
  } as const

  it('has hidden turns for the GM alone', () => {
    expect(viewCombat(combat, gm)).toEqual(combat)
    for (const viewer of anyone) {
      expect(viewCombat(combat, viewer)).toEqual({ phase: 'running', round: 2, turn: 'm-1', real: null })
    }
  })
})

describe('a character', () => {
  it('is whole for the GM, without the GM’s notes for its owner, and without its sheet for others', () => {
    fc.assert(
      fc.property(characterArbitrary, (any) => {
        const character = {
          ...any,
          owner: 'ana-1',
          gmNotes: secret,
          revisions: { name: 3, species: 2, gmNotes: 987_650_337 },
        }
        expect(viewCharacter(character, gm)).toEqual(character)
        expect(viewCharacter(character, ana)).toEqual({
          ...character,
          gmNotes: '',
          revisions: { name: 3, species: 2 },
        })
        for (const viewer of strangers) {
          const { id, owner, isHidden, hpShown, name, summary, publicNotes } = character
          const shown = { id, owner, isHidden, hpShown, name, summary, publicNotes }
          expect(viewCharacter(character, viewer)).toEqual(
            isHidden ? null : { ...shown, sheet: null, gmNotes: '', revisions: null },
          )
        }
        for (const viewer of anyone) expectNoSecret(viewCharacter(character, viewer))
      }),
      { numRuns: 50 },
    )
  })

  it('shows strangers nothing of its sheet, whatever is written there', () => {
    const sheet = fc.sample(characterArbitrary, { numRuns: 1, seed: 1 })[0]?.sheet
    if (sheet === undefined) throw new Error('no sheet')
    const written = {
      ...sheet,
      notes: secret,
      personality: secret,
      features: [{ name: secret, text: secret }],
    }
    const character = {
      id: 'c',
      owner: 'ana-1',
      isHidden: false,
      hpShown: 'exact',
      name: 'Ana',
      summary: '',
      publicNotes: '',
      sheet: written,
      gmNotes: '',
    } as const
    for (const viewer of strangers) expectNoSecret(viewCharacter(character, viewer))
    expect(JSON.stringify(viewCharacter(character, ana))).toContain(secret)
  })
})
