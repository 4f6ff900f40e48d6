import { expect } from 'bun:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { until } from '../support/services'
import { type Guest, phone } from './at-the-table'
import { type Evening, seedEvening, takeSeat } from './seeded-evening'
import { settle } from './violations'

/** A phone in a hand: what is tapped is meant for fingers. */
export const hand = { viewport: phone, hasTouch: true, isMobile: true }

/** Under this line of a phone a thumb reaches: the lower 60 % of the screen. */
const reachFrom = phone.height * 0.4

/** An evening with a fight that is about to begin, or goes on. */
export interface FightStage extends Evening {
  /** Gives a command as the game master, past the page. */
  does(line: string, body?: object): Promise<void>
  /** Sits down in front of the fight. */
  sit(seat: Evening['gm'], look: Parameters<typeof takeSeat>[2]['look'], script?: string): Promise<Guest>
}

export async function openFightStage(browser: Browser, url: string): Promise<FightStage> {
  const evening = await seedEvening(url)
  return {
    ...evening,
    async does(line, body = {}) {
      await evening.tables.done(evening.gm, line, { body })
    },
    async sit(seat, look, script = '') {
      const guest = await takeSeat(browser, url, {
        seat,
        look,
        prepare: async (context) => {
          if (script !== '') await context.addInitScript(script)
        },
      })
      await guest.page.goto('/table/fight')
      await guest.page.getByRole('heading', { level: 2, name: /Fight|Before the fight|Round/ }).waitFor()
      return guest
    },
  }
}

/** Three goblins and all heroes; Thorin first, then Lia, the goblins, and the other heroes. */
export async function beginFight({ does, heroes }: FightStage): Promise<void> {
  const initiative = [20, 18, 6, 4, 2]
  await does('POST /api/combat/combatants', {
    combatants: [
      ...heroes.map((id, index) => ({ kind: 'character', id, initiative: initiative[index] })),
      { kind: 'monster', monster: 'goblin', count: 3, initiative: 12, hpShown: 'label' },
      { kind: 'monster', monster: 'mage', isHidden: true, initiative: 1 },
    ],
  })
  await does('POST /api/combat/start', { roll: 'none' })
}

/** @returns the row of a combatant: a button */
export function row(page: Page, name: string): Locator {
  return page.locator('ol > li > button[data-row]').filter({ hasText: name })
}

/** The lit row: whose turn it is. */
function current(page: Page): Locator {
  return page.locator('button[aria-current=step]')
}

/** Waits until it is somebody's turn. */
export async function turnIs(page: Page, name: string): Promise<void> {
  await until(async () => (await current(page).textContent())?.includes(name) === true)
}

/** A button of the page by the whole of its name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

/** Fails for a button that a thumb would have to stretch for. What only closes a sheet may also be swiped at. */
export async function expectInReach(scope: Locator): Promise<void> {
  await scope.getByRole('button').first().waitFor()
  // What still slides in is not yet where the thumb will find it.
  await settle(scope.page())
  const found = await scope.getByRole('button').all()
  const tooHigh: string[] = []
  for (const each of found) {
    const box = await each.boundingBox()
    const name = (await each.getAttribute('aria-label')) ?? (await each.innerText())
    if (box !== null && name !== 'Close' && box.y + box.height / 2 < reachFrom) tooHigh.push(name)
  }
  expect(tooHigh).toEqual([])
  expect(found.length).toBeGreaterThan(0)
}
