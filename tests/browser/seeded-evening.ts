import type { Browser, BrowserContext } from 'playwright-core'
import { parseTakenSeat, toSeatText } from '../../apps/web/src/services/seat'
import { createTablesDesk, type Seat, type TablesDesk } from '../seats/at-the-table'
import { createFrontDesk } from '../support/front-desk'
import { type Guest, invite, type Look } from './at-the-table'

/** A table in the middle of its evening: a game master, five players with characters, an ambush. */
export interface Evening {
  readonly tables: TablesDesk
  readonly gm: Seat
  readonly players: readonly Seat[]
  /** Ids of the players' characters, in their order. */
  readonly heroes: readonly string[]
}

const names = ['Торин', 'Lia', 'Dora', 'Élise', 'Fábio'] as const
const summaries = ['Dwarf fighter 3', 'Half-elf bard 3', 'Halfling rogue 3', 'Elf wizard 3', 'Human cleric 3']

const sheet = {
  species: 'Half-elf',
  background: 'Entertainer',
  alignment: 'Chaotic good',
  classes: [{ name: 'Bard', level: 3, hitDie: 'd8' }],
  abilities: { str: 10, dex: 16, con: 14, int: 12, wis: 8, cha: 17 },
  saves: { dex: 'proficient', cha: 'proficient' },
  skills: {
    perception: 'proficient',
    performance: 'expertise',
    stealth: 'proficient',
    persuasion: 'expertise',
  },
  armorClass: { base: 11, dexterityMax: null, ability: null, shield: 0, bonus: 0 },
  maxHitPoints: 24,
  spellcasting: { ability: 'cha', bonus: 0, slots: { '1': 4, '2': 2 }, pact: null },
  resources: [{ id: 'inspiration', name: 'Bardic inspiration', max: 3, per: 'long' }],
  attacks: [
    {
      id: 'rapier',
      name: 'Rapier',
      ability: 'dex',
      isProficient: true,
      toHitBonus: 0,
      damage: '1d8',
      addsAbilityToDamage: true,
      damageType: 'piercing',
      note: '',
    },
  ],
  languages: ['Common', 'Elvish'],
  features: [{ name: 'Jack of all trades', text: 'Half of the proficiency bonus on other checks.' }],
  inventory: [{ name: 'Lute', quantity: 1, weight: 2, isEquipped: true, note: '' }],
  coins: { gp: 15, sp: 7 },
} as const

/** Seats everybody through the API, which takes a second; a browser then sits down with `takeSeat`. */
export async function seedEvening(url: string): Promise<Evening> {
  const tables = createTablesDesk(createFrontDesk(url))
  const gm = await tables.open()
  const players: Seat[] = []
  const heroes: string[] = []
  for (const [index, name] of names.entries()) {
    const seat = await tables.join(gm, name)
    players.push(seat)
    const body = {
      name: `${name} the ${index % 2 === 0 ? 'Bold' : 'Wise'}`,
      summary: summaries[index],
      sheet,
    }
    heroes.push((await tables.done(seat, 'POST /api/characters', { body })).json.character.id)
  }
  return { tables, gm, players, heroes }
}

/** Who acts when among the heroes: before everybody who rolls. */
const initiatives = [40, 39, 6, 4, 2] as const

/** Puts an ambush in front of them. The heroes have rolled; the foes have not. */
export async function seedFoes({ tables, gm, heroes }: Evening): Promise<void> {
  const combatants = [
    ...heroes.map((id, index) => ({ kind: 'character', id, initiative: initiatives[index] })),
    { kind: 'monster', monster: 'goblin', count: 4 },
    { kind: 'monster', monster: 'bugbear', alias: 'A hulking shape', hpShown: 'label' },
    { kind: 'monster', monster: 'mage', isHidden: true },
    { kind: 'monster', monster: 'ogre', name: 'Верховный вождь племени Кривого Клыка Ур' },
  ]
  await tables.done(gm, 'POST /api/combat/combatants', { body: { combatants } })
}

/** Lets it begin, and the first blows fall. */
export async function seedFight({ tables, gm }: Evening): Promise<void> {
  const does = (line: string, body: object) => tables.done(gm, line, { body })
  await does('POST /api/combat/start', { roll: 'all' })
  const { combat } = (await tables.done(gm, 'GET /api/combat')).json
  const foes: readonly { readonly id: string; readonly name: string }[] = combat.combatants
  const [goblin, bugbear] = ['Goblin 2', 'Bugbear'].map((name) => foes.find((foe) => foe.name === name)?.id)
  await does('POST /api/combat/damage', { targets: [{ id: goblin }, { id: bugbear }], amount: 5 })
  await does('POST /api/combat/conditions', { targets: [bugbear], condition: 'frightened' })
}

/** Opens a browser that holds this seat already, at the table. */
export async function takeSeat(
  browser: Browser,
  url: string,
  { seat, look, prepare }: Seating,
): Promise<Guest> {
  const guest = await invite(browser, url, look)
  await prepare?.(guest.context)
  await guest.context.addInitScript(
    (text: string) => localStorage.getItem('innkeeper.seat') ?? localStorage.setItem('innkeeper.seat', text),
    toSeatText(parseTakenSeat(seat).seat),
  )
  await guest.page.goto('/table')
  await guest.page.getByRole('navigation').first().waitFor()
  return guest
}

export interface Seating {
  readonly seat: Seat
  readonly look: Look
  /** Runs before the browser opens anything. */
  readonly prepare?: (context: BrowserContext) => Promise<void>
}
