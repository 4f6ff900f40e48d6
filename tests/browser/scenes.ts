import type { Page } from 'playwright-core'
import type { Evening } from './seeded-evening'

/** Who looks at a scene: somebody without a seat, or somebody of the evening. */
export type Who = 'stranger' | 'gm' | 'player'

/** How far the evening has come, in its order. */
export const chapters = ['gathered', 'setup', 'fight', 'death-save', 'concentration', 'claim'] as const
export type Chapter = (typeof chapters)[number]

/** A page in a state that is worth a look: photographed, measured for overflow, and searched by axe. */
export interface Scene {
  readonly name: string
  readonly who: Who
  /** The chapter that must have come; the fight when it is left out. */
  readonly chapter?: Chapter
  /** @returns the address */
  readonly path: (evening: Evening) => string
  /** What brings the page into the state, by English words; what it waits for is in view when it resolves. */
  readonly act?: Step
}

type Step = (page: Page) => Promise<void>

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first()
const fightPanel = (page: Page) => page.getByRole('region', { name: /^(Round \d+|Before the fight)$/ })

const tap =
  (...names: readonly (string | RegExp)[]): Step =>
  async (page) => {
    for (const name of names) await button(page, name).click()
  }
const tapInFight =
  (name: string): Step =>
  async (page) =>
    await fightPanel(page).getByRole('button', { name, exact: true }).click()
/** Marks rows one after the other, as a mouse does with Ctrl. */
const mark =
  (...names: readonly string[]): Step =>
  async (page) => {
    for (const name of names)
      await page
        .locator('button[data-row]', { hasText: name })
        .first()
        .click({ modifiers: ['Control'] })
  }
const type =
  (field: string, text: string): Step =>
  async (page) =>
    await page.getByLabel(field).first().fill(text)
const see =
  (text: string | RegExp): Step =>
  async (page) =>
    await page.getByText(text).first().waitFor()
const dialog: Step = async (page) => await page.getByRole('dialog').first().waitFor()
const inTurn =
  (...steps: readonly Step[]): Step =>
  async (page) => {
    for (const step of steps) await step(page)
  }
const goblins = ['Goblin 1', 'Goblin 2', 'Goblin 3'] as const

/** Scenes of one viewer at one address, apart from each other by what is done there. */
function scenesAt(
  path: string,
  common: Pick<Scene, 'who' | 'chapter'>,
  acts: Readonly<Record<string, Step>>,
): readonly Scene[] {
  return Object.entries(acts).map(([name, act]) => ({ ...common, name, path: () => path, act }))
}

const outside: readonly Scene[] = [
  { name: 'home', who: 'stranger', chapter: 'gathered', path: () => '/' },
  { name: 'home-by-link', who: 'stranger', chapter: 'gathered', path: ({ gm }) => `/j/${gm.session.code}` },
  { name: 'account', who: 'stranger', chapter: 'gathered', path: () => '/account' },
  { name: 'about', who: 'stranger', chapter: 'gathered', path: () => '/about' },
  { name: 'verify', who: 'stranger', chapter: 'gathered', path: () => '/verify' },
  { name: 'screen-code', who: 'stranger', chapter: 'gathered', path: () => '/screen' },
  { name: 'home-welcome-back', who: 'gm', chapter: 'gathered', path: () => '/' },
]

const beforeTheFight: readonly Scene[] = [
  { name: 'gm-no-fight', who: 'gm', chapter: 'gathered', path: () => '/table/fight' },
  { name: 'player-no-fight', who: 'player', chapter: 'gathered', path: () => '/table/fight' },
  { name: 'gm-setup', who: 'gm', chapter: 'setup', path: () => '/table/fight' },
  { name: 'player-setup', who: 'player', chapter: 'setup', path: () => '/table/fight' },
]

const panels: readonly Scene[] = [
  { name: 'screen', who: 'stranger', path: ({ gm }) => `/screen/${gm.session.code}` },
  { name: 'gm-fight', who: 'gm', path: () => '/table/fight' },
  { name: 'gm-party', who: 'gm', path: () => '/table/party' },
  { name: 'gm-dice', who: 'gm', path: () => '/table/dice' },
  { name: 'gm-log', who: 'gm', path: () => '/table/log' },
  { name: 'gm-people', who: 'gm', path: () => '/table/people' },
  { name: 'gm-sees-as', who: 'gm', path: ({ players }) => `/table/as/${players[0]?.player.uuid}/fight` },
  { name: 'gm-sees-as-stranger', who: 'gm', path: () => '/table/as/watcher/fight' },
  { name: 'player-fight', who: 'player', path: () => '/table/fight' },
  { name: 'player-sheet', who: 'player', path: () => '/table/party' },
  { name: 'player-dice', who: 'player', path: () => '/table/dice' },
  { name: 'player-log', who: 'player', path: () => '/table/log' },
  { name: 'player-people', who: 'player', path: () => '/table/people' },
]

const fighting: readonly Scene[] = [
  ...scenesAt(
    '/table/fight',
    { who: 'gm' },
    {
      'gm-invite': inTurn(tap('Invite'), dialog),
      'gm-connection': inTurn(tap('Synced'), dialog),
      'gm-chosen': mark(...goblins),
      'gm-hp-pad': inTurn(
        mark(...goblins),
        tapInFight('HP'),
        type('Hit points: what to do', '8 fire'),
        dialog,
      ),
      'gm-hp-targets': inTurn(mark('Goblin 1'), tapInFight('HP'), tap(/Choose whom/), dialog),
      'gm-conditions': inTurn(mark('Goblin 1'), tapInFight('Conditions'), dialog),
      'gm-condition': inTurn(
        mark('Goblin 1'),
        tapInFight('Conditions'),
        tap('Restrained', 'End of turn'),
        see('Whose turn'),
      ),
      'gm-fight-menu': inTurn(tapInFight('More'), dialog),
      'gm-details': inTurn(
        mark('Bugbear'),
        tapInFight('More'),
        tap('Bugbear'),
        see('Hit points for players'),
      ),
      'gm-group': inTurn(mark(...goblins), tapInFight('More'), tap('3 creatures'), see('Out of the fight')),
      'gm-stat-block': inTurn(
        mark('Bugbear'),
        tapInFight('More'),
        tap('Bugbear', 'Stat block'),
        see('Actions'),
      ),
      'gm-end-fight': inTurn(tapInFight('More'), tap('End the fight'), see('End the fight?')),
      'gm-keys': inTurn(
        // No key is heard before there is a fight.
        async (page) => await page.locator('button[data-row]').first().waitFor(),
        async (page) => await page.keyboard.press('?'),
        see('Keys of one letter are on'),
      ),
      'gm-add': inTurn(
        tapInFight('More'),
        tap('Add creatures'),
        type('Name of a creature', 'wol'),
        tap('Wolf: one more', 'Dire Wolf: one more'),
      ),
      'gm-add-chosen': inTurn(
        tapInFight('More'),
        tap('Add creatures'),
        type('Name of a creature', 'owlb'),
        tap('Owlbear: one more', 'Owlbear: one more', /^Chosen/),
      ),
      'gm-add-by-hand': inTurn(tapInFight('More'), tap('Add creatures', 'By hand'), dialog),
    },
  ),
  ...scenesAt(
    '/table/fight',
    { who: 'player' },
    {
      'player-hp-pad': inTurn(tapInFight('HP'), dialog),
      'player-details': inTurn(tapInFight('More'), see('End turn')),
    },
  ),
]

const people: readonly Scene[] = [
  ...scenesAt(
    '/table/people',
    { who: 'gm' },
    {
      'gm-player': inTurn(tap('Lia: what you can do'), dialog),
      'gm-ban': inTurn(tap('Lia: what you can do', 'Ban'), see('For how long')),
      'gm-new-code': inTurn(tap('New join code'), see('Change it')),
      'gm-devices': inTurn(tap(/^Your devices/, 'Add a device'), see('Pairing code')),
      'gm-new-key': inTurn(tap(/^New recovery key/, 'Make a new key'), see('I have saved it')),
      'gm-settings': inTurn(tap(/^Settings/), see('House rules')),
      'gm-compendium': inTurn(tap(/^Compendium/), see(/found|creatures/)),
      'gm-take-home': inTurn(tap(/^Take home/), dialog),
      'gm-fair-dice': inTurn(tap(/^Fair dice/), dialog),
      'gm-bans': inTurn(tap(/^Who is kept out/), see('Nobody is kept out.')),
      'gm-close': inTurn(tap(/^Close the table/), dialog),
    },
  ),
  ...scenesAt('/table/people', { who: 'player' }, { 'player-leave': inTurn(tap(/^Leave for good/), dialog) }),
]

const owed: readonly Scene[] = [
  { name: 'gm-death-save', who: 'gm', chapter: 'death-save', path: () => '/table/fight' },
  { name: 'player-death-save', who: 'player', chapter: 'death-save', path: () => '/table/party' },
  { name: 'gm-concentration', who: 'gm', chapter: 'concentration', path: () => '/table/fight' },
  { name: 'gm-claim', who: 'gm', chapter: 'claim', path: () => '/table/log', act: see(/asks for a seat/) },
]

/** Every page and state, in the order of an evening. */
export const scenes: readonly Scene[] = [
  ...outside,
  ...beforeTheFight,
  ...panels,
  ...fighting,
  ...people,
  ...owed,
]
