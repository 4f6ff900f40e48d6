import { describe, expect, it } from 'bun:test'
import { boundsOfDice } from '../dice/dice-bounds'
import { parseDice } from '../dice/parse-dice'
import { attribution } from './attribution'
import type { Monster, MonsterAbility, MonsterDamage } from './monster'
import { findSrdMonster, srdMonsters } from './srd-monsters'

const monsters = srdMonsters()
const abilitiesOf = ({ traits, actions, reactions, legendaryActions }: Monster) => [
  ...traits,
  ...actions,
  ...reactions,
  ...legendaryActions,
]
const everyAbility = monsters.flatMap((monster) =>
  abilitiesOf(monster).map((ability) => ({ of: `${monster.name}: ${ability.name}`, ability })),
)

/** Of plain dice, of which as much lies above the middle as below. */
function averageOf(expression: string): number {
  const parsed = parseDice(expression)
  if ('error' in parsed) throw new Error(`${expression}: ${parsed.error.code}`)
  const { low, high } = boundsOfDice(parsed.expression)
  return Math.floor((low + high) / 2)
}

function damageOf({ attack, saves = [] }: MonsterAbility): readonly MonsterDamage[] {
  return [...(attack?.damage ?? []), ...(attack?.otherwise ?? []), ...saves.flatMap(({ damage }) => damage)]
}

/** Whether the text has the dice, and before them their average as the SRD prints it. */
function isPrinted(text: string, { expression }: MonsterDamage): boolean {
  const average = averageOf(expression)
  return (
    text.includes(`${average} (${expression.replace(/([+-])/, ' $1 ')})`) || expression === String(average)
  )
}

function known(id: string): Monster {
  const monster = findSrdMonster(id)
  if (!monster) throw new Error(`No ${id}`)
  return monster
}

describe('the creatures of the SRD', () => {
  it('are 322, each under an id of its own, by name', () => {
    expect(monsters).toHaveLength(322)
    expect(new Set(monsters.map(({ id }) => id)).size).toBe(322)
    expect(monsters.map(({ name }) => name)).toEqual(monsters.map(({ name }) => name).sort())
    for (const { id } of monsters) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it('have hit points that are the average of their hit dice, and dice of their size', () => {
    const sidesBySize = { tiny: 4, small: 6, medium: 8, large: 10, huge: 12, gargantuan: 20 }
    const wrong = monsters.filter(
      ({ hitDice, hitPoints, size }) =>
        averageOf(hitDice) !== hitPoints || !hitDice.includes(`d${sidesBySize[size]}`),
    )
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it('deal damage that can be rolled and comes, on average, to what the SRD prints before it', () => {
    const wrong = everyAbility.filter(
      ({ ability }) => !damageOf(ability).every((damage) => isPrinted(ability.text, damage)),
    )
    // The SRD itself prints 3 for 1d4+2.
    expect(wrong.map(({ of }) => of)).toEqual(['Giant Rat (Diseased): Bite'])
    expect(everyAbility.filter(({ ability }) => damageOf(ability).length > 0).length).toBeGreaterThan(590)
  })

  it('have an attack for every text that speaks of one, with the same bonus', () => {
    const spoken = everyAbility.filter(({ ability }) => ability.text.includes('Attack:'))
    expect(spoken.length).toBeGreaterThan(500)
    for (const { ability } of spoken) expect(ability.text).toContain(`+${ability.attack?.toHit} to hit`)
    const harmless = spoken.filter(({ ability }) => ability.attack?.damage.length === 0).map(({ of }) => of)
    expect(harmless).toEqual([
      'Ettercap: Web',
      'Giant Spider: Web',
      'Guardian Naga: Spit Poison',
      'Lamia: Intoxicating Touch',
      'Roper: Tendril',
      'Rug of Smothering: Smother',
    ])
  })

  it('have every saving throw that a text asks for', () => {
    for (const { ability } of everyAbility) {
      const asked = Array.from(ability.text.matchAll(/DC (\d+) ([A-Z][a-z]+) sav/g), ([, dc, name]) => [
        name?.slice(0, 3).toLowerCase(),
        Number(dc),
      ])
      for (const [name, dc] of asked)
        expect(ability.saves).toContainEqual(expect.objectContaining({ ability: name, dc }))
      if (asked.length === 0) expect(ability.saves).toBeUndefined()
    }
  })

  it('hold nothing that SRD 5.1 does not have, and nothing that a scanner misread', () => {
    const names = [...monsters.map(({ name }) => name), ...everyAbility.map(({ of }) => of)]
    expect(names.filter((name) => /dracolich|carrion|cave bear|lair|variant/i.test(name))).toEqual([])
    const misread = /\b[lSO]\d|\d[lO]\b|\b[lS]d\d|\d d\d|ft\.\.| ,/
    expect(everyAbility.filter(({ ability }) => misread.test(ability.text)).map(({ of }) => of)).toEqual([])
  })
})

describe('a stat block', () => {
  it('has everything of a goblin', () => {
    expect(known('goblin')).toEqual({
      id: 'goblin',
      name: 'Goblin',
      size: 'small',
      type: 'humanoid',
      subtype: 'goblinoid',
      isSwarm: false,
      alignment: 'neutral evil',
      armorClass: 15,
      hitPoints: 7,
      hitDice: '2d6',
      speeds: { walk: 30 },
      canHover: false,
      abilities: { str: 8, dex: 14, con: 10, int: 10, wis: 8, cha: 8 },
      saves: {},
      skills: { stealth: 6 },
      defences: { resistances: [], vulnerabilities: [], immunities: [], conditionImmunities: [], notes: [] },
      senses: { ranges: { darkvision: 60 }, passivePerception: 9, isBlindBeyond: false },
      languages: 'Common, Goblin',
      challenge: { rating: 0.25, text: '1/4', xp: 50 },
      proficiencyBonus: 2,
      traits: [
        {
          name: 'Nimble Escape',
          text: 'The goblin can take the Disengage or Hide action as a bonus action on each of its turns.',
        },
      ],
      actions: [
        {
          name: 'Scimitar',
          text: 'Melee Weapon Attack: +4 to hit, reach 5 ft., one target. Hit: 5 (1d6 + 2) slashing damage.',
          attack: { toHit: 4, damage: [{ expression: '1d6+2', type: 'slashing' }] },
        },
        {
          name: 'Shortbow',
          text: 'Ranged Weapon Attack: +4 to hit, range 80/320 ft., one target. Hit: 5 (1d6 + 2) piercing damage.',
          attack: { toHit: 4, damage: [{ expression: '1d6+2', type: 'piercing' }] },
        },
      ],
      reactions: [],
      legendaryActions: [],
      legendaryActionCount: 0,
      legendaryResistancesPerDay: 0,
      hasLairActions: false,
    })
  })

  it('counts what is counted: recharge, uses, legendary actions and resistances', () => {
    const dragon = known('adult-red-dragon')
    expect(dragon.actions.at(-1)).toMatchObject({
      name: 'Fire Breath',
      recharge: { from: 5 },
      saves: [{ ability: 'dex', dc: 21, damage: [{ expression: '18d6', type: 'fire' }], isHalved: true }],
    })
    expect(dragon).toMatchObject({
      legendaryActionCount: 3,
      legendaryResistancesPerDay: 3,
      hasLairActions: true,
    })
    expect(dragon.legendaryActions.map(({ name, cost }) => [name, cost])).toEqual([
      ['Detect', undefined],
      ['Tail Attack', undefined],
      ['Wing Attack', 2],
    ])
    expect(dragon.legendaryActions[2]?.saves).toEqual([
      { ability: 'dex', dc: 22, damage: [{ expression: '2d6+8', type: 'bludgeoning' }], isHalved: false },
    ])
    expect(known('assassin').traits.map(({ uses }) => uses)).toContainEqual({ count: 1, per: 'turn' })
    expect(known('winter-wolf').actions.at(-1)?.recharge).toEqual({ from: 5 })
    const shared = monsters.flatMap(abilitiesOf).filter(({ uses }) => uses?.per === 'short-rest')
    expect(shared).toHaveLength(10)
  })

  it('has what the package forgot of two dragons', () => {
    expect(known('ancient-blue-dragon').legendaryResistancesPerDay).toBe(3)
    expect(known('adult-brass-dragon').legendaryActions.at(-1)?.saves).toEqual([
      { ability: 'dex', dc: 19, damage: [{ expression: '2d6+6', type: 'bludgeoning' }], isHalved: false },
    ])
  })

  it.each([
    [
      'azer',
      [
        ['1d8+3', 'bludgeoning'],
        ['1d6', 'fire'],
      ],
      [
        ['1d10+3', 'bludgeoning'],
        ['1d6', 'fire'],
      ],
    ],
    [
      'djinni',
      [
        ['2d6+5', 'slashing'],
        ['1d6', 'lightning'],
      ],
      [
        ['2d6+5', 'slashing'],
        ['1d6', 'thunder'],
      ],
    ],
    ['bugbear', [['2d6+2', 'piercing']], [['1d6+2', 'piercing']]],
    ['swarm-of-rats', [['2d6', 'piercing']], [['1d6', 'piercing']]],
    ['druid', [['1d6', 'bludgeoning']], [['1d8+2', 'bludgeoning']]],
  ])('tells what a hit of the %s does from what it does otherwise', (id, damage, otherwise) => {
    const attack = known(id)
      .actions.map((action) => action.attack)
      .find((each) => each?.otherwise)
    expect(attack?.damage.map(({ expression, type }) => [expression, type])).toEqual(damage)
    expect(attack?.otherwise?.map(({ expression, type }) => [expression, type])).toEqual(otherwise)
  })

  it('has a save of its own for each breath of a metallic dragon, and for poison after a bite', () => {
    expect(known('adult-brass-dragon').actions.at(-1)?.saves).toEqual([
      { ability: 'dex', dc: 18, damage: [{ expression: '13d6', type: 'fire' }], isHalved: true },
      { ability: 'con', dc: 18, damage: [], isHalved: false },
    ])
    expect(known('giant-poisonous-snake').actions[0]).toMatchObject({
      attack: { damage: [{ expression: '1d4+4', type: 'piercing' }] },
      saves: [{ ability: 'con', dc: 11, damage: [{ expression: '3d6', type: 'poison' }], isHalved: true }],
    })
  })

  it.each([
    ['werewolf', 'immunities', { nonmagical: true, bypassedBy: 'silvered' }],
    ['imp', 'resistances', { nonmagical: true, bypassedBy: 'silvered' }],
    ['gargoyle', 'resistances', { nonmagical: true, bypassedBy: 'adamantine' }],
    ['ghost', 'resistances', { nonmagical: true }],
    ['swarm-of-bats', 'resistances', {}],
    ['archmage', 'resistances', { nonmagical: true }],
  ] as const)('of the %s says what its %s hold against', (id, list, qualifier) => {
    const weapons = ['bludgeoning', 'piercing', 'slashing']
    const defences = known(id).defences[list].filter(({ type }) => weapons.includes(type))
    expect(defences.map((defence) => ({ ...defence }))).toEqual(
      (['bludgeoning', 'piercing', 'slashing'] as const).map((type) => ({ type, ...qualifier })),
    )
  })

  it('of the walking dead has the defences of the errata', () => {
    for (const id of ['ghast', 'ghoul', 'skeleton', 'wight', 'zombie', 'ogre-zombie'])
      expect(known(id).defences.immunities).toEqual([{ type: 'poison' }])
    expect(known('ghast').defences).toMatchObject({
      resistances: [{ type: 'necrotic' }],
      conditionImmunities: ['charmed', 'exhaustion', 'poisoned'],
    })
    expect(known('wight').defences.resistances).toContainEqual({
      type: 'slashing',
      nonmagical: true,
      bypassedBy: 'silvered',
    })
    expect(known('skeleton').defences.vulnerabilities).toEqual([{ type: 'bludgeoning' }])
  })

  it('keeps in words what no list can hold', () => {
    expect(known('archmage').defences.notes).toEqual(['damage from spells'])
    expect(known('rakshasa').defences.vulnerabilities).toEqual([])
    expect(known('rakshasa').defences.notes).toEqual([
      'piercing from magic weapons wielded by good creatures',
    ])
    expect(monsters.filter(({ defences }) => defences.notes.length > 0)).toHaveLength(2)
  })

  it('makes deaf whatever the data make blind twice', () => {
    expect(known('animated-armor').defences.conditionImmunities).toEqual([
      'blinded',
      'charmed',
      'deafened',
      'exhaustion',
      'frightened',
      'paralyzed',
      'petrified',
      'poisoned',
    ])
    expect(known('grimlock').defences.conditionImmunities).toEqual(['blinded'])
  })

  it.each([
    ['frog', { rating: 0, text: '0', xp: 0 }, 2],
    ['rat', { rating: 0, text: '0', xp: 10 }, 2],
    ['kobold', { rating: 0.125, text: '1/8', xp: 25 }, 2],
    ['black-bear', { rating: 0.5, text: '1/2', xp: 100 }, 2],
    ['ogre', { rating: 2, text: '2', xp: 450 }, 2],
    ['troll', { rating: 5, text: '5', xp: 1_800 }, 3],
    ['adult-red-dragon', { rating: 17, text: '17', xp: 18_000 }, 6],
    ['tarrasque', { rating: 30, text: '30', xp: 155_000 }, 9],
  ])('of the %s has its challenge and its proficiency', (id, challenge, bonus) => {
    expect(known(id)).toMatchObject({ challenge, proficiencyBonus: bonus })
  })

  it('of a swarm is one of beasts, and of a will-o’-wisp has a plain id', () => {
    expect(known('swarm-of-bats')).toMatchObject({ type: 'beast', isSwarm: true, size: 'medium' })
    expect(known('will-o-wisp').name).toBe("Will-o'-Wisp")
    expect(known('air-elemental')).toMatchObject({ speeds: { fly: 90 }, canHover: true })
    expect(findSrdMonster('carrion-crawler')).toBeUndefined()
    expect(findSrdMonster('__proto__')).toBeUndefined()
  })
})

describe('the attribution', () => {
  it('is the sentence that the SRD asks for, and names both licences', () => {
    expect(attribution.text).toBe(
      'This work includes material taken from the System Reference Document 5.1 (“SRD 5.1”) by Wizards of the Coast LLC and available at https://dnd.wizards.com/resources/systems-reference-document. The SRD 5.1 is licensed under the Creative Commons Attribution 4.0 International License available at https://creativecommons.org/licenses/by/4.0/legalcode.',
    )
    expect(attribution.license.name).toBe('CC-BY-4.0')
    expect(attribution.data.license).toBe('MIT')
  })
})
