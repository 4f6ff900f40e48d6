import { describe, expect, it } from 'bun:test'
import { limits } from '@innkeeper/protocol/limits'
import { createFrontDesk } from '../support/front-desk'
import { testChromium, until } from '../support/services'
import { askAs } from './ask-as'
import { desk, type Guest, invite, phone } from './at-the-table'
import { expectSoon } from './expect-soon'
import { scanQr } from './scan-qr'
import { foundTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

describe.skipIf(testChromium() === undefined)('a table on a TV (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  async function hang(code: string, colorScheme: 'light' | 'dark' = 'light') {
    const context = await browser().newContext({
      baseURL: inn().url,
      viewport: { width: 1920, height: 1080 },
      colorScheme,
      locale: 'en-GB',
      serviceWorkers: 'block',
    })
    const page = await context.newPage()
    const frames: string[] = []
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => frames.push(payload.toString())),
    )
    await page.goto(`/screen/${code}`)
    return { context, page, frames }
  }

  async function openAtDesk(): Promise<{ readonly gm: Guest; readonly code: string }> {
    const gm = await invite(browser(), inn().url, { viewport: desk })
    return { gm, code: await foundTable(gm, 'Phandalin', 'Mira') }
  }

  /** Two goblins that everyone sees, and a hag that nobody does. */
  async function startFight(gm: Guest): Promise<void> {
    const combatants = [
      { kind: 'monster', monster: 'goblin', count: 2 },
      { kind: 'monster', monster: 'green-hag', name: 'Auntie Pelt', count: 1, isHidden: true },
    ]
    await askAs(gm, 'POST /api/combat/combatants', { combatants })
    await askAs(gm, 'POST /api/combat/start', { roll: 'all' })
  }

  it('is calm before the fight, follows it, and shows the rolls, with nothing to tap', async () => {
    const { gm, code } = await openAtDesk()
    const { context, page } = await hang(code)
    await page.getByText('Phandalin').last().waitFor()
    await page.getByText('Mira').waitFor()
    await startFight(gm)
    await page.getByText('Round 1', { exact: true }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Goblin' }).nth(1).waitFor()
    // While she acts whom they do not see, nobody is next either.
    await until(async () => {
      if ((await page.getByText('next', { exact: true }).count()) === 1) return true
      await askAs(gm, 'POST /api/combat/next', {})
      return false
    })
    await askAs(gm, 'POST /api/dice/roll', { expression: '1d1+41', visibility: 'public', label: 'Insight' })
    await page.getByText('42', { exact: true }).waitFor()
    expect(await page.locator('button, input, select, a').count()).toBe(0)
    await gm.context.close()
    await context.close()
  }, 60_000)

  it('is told nothing of what is hidden, in any byte of its socket', async () => {
    const { gm, code } = await openAtDesk()
    const { context, page, frames } = await hang(code)
    await page.getByText('Mira').waitFor()
    await startFight(gm)
    for (let turns = 0; turns < 3; turns += 1) await askAs(gm, 'POST /api/combat/next', {})
    await askAs(gm, 'POST /api/dice/roll', { expression: '1d20', visibility: 'gm', label: 'does she notice' })
    await askAs(gm, 'POST /api/dice/roll', { expression: '1d6', visibility: 'public', label: 'the end' })
    await page.getByText('the end').waitFor()
    const heard = frames.join('\n')
    expect(heard).toContain('Goblin')
    for (const secret of ['Pelt', 'hag', 'notice']) expect(heard).not.toContain(secret)
    await gm.context.close()
    await context.close()
  }, 60_000)

  it('shows names whole where it is as narrow as a phone, and all of them', async () => {
    const { gm, code } = await openAtDesk()
    const name = 'Grimbart the goblin of the Cragmaw caves'
    const stats = { name, maxHp: 900 }
    const combatants = Array.from({ length: 17 }, () => ({ kind: 'custom', stats, hpShown: 'exact' }))
    await askAs(gm, 'POST /api/combat/combatants', { combatants })
    await askAs(gm, 'POST /api/combat/start', { roll: 'all' })
    const small = await invite(browser(), inn().url, { viewport: phone })
    await small.page.goto(`/screen/${code}`)
    const names = small.page.getByRole('listitem').getByText(name)
    await names.nth(16).waitFor()
    expect(await small.page.evaluate<number>('document.documentElement.scrollWidth')).toBe(phone.width)
    const cut = `[...document.querySelectorAll('li .font-display')].filter((one) => one.scrollHeight > one.clientHeight + 2)`
    expect(await small.page.evaluate<number>(`${cut}.length`)).toBe(0)
    // On a TV, which nobody scrolls, a crowd ends with how many more there are.
    const { context, page } = await hang(code)
    await page.getByText('and 2 more').waitFor()
    await page.getByRole('listitem').last().waitFor()
    await until(async () => {
      const { y, height } = (await page.getByRole('listitem').last().boundingBox()) ?? { y: 0, height: 1080 }
      return y + height < 1080
    })
    for (const one of [gm.context, small.context, context]) await one.close()
  }, 60_000)

  /** A screen somewhere else. @returns a function that takes it down */
  async function watchElsewhere(code: string): Promise<() => void> {
    const answer = await createFrontDesk(inn().url).call('POST', '/api/session/watch', { body: { code } })
    const { ticket, url } = answer.json
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${ticket}` } })
    await new Promise((welcomed) => socket.addEventListener('message', welcomed, { once: true }))
    return () => socket.close()
  }

  it('waits for a place where too many look on, for nobody is there to tap', async () => {
    const { gm, code } = await openAtDesk()
    const others = await Promise.all(
      Array.from({ length: limits.watchersPerRoom }, () => watchElsewhere(code)),
    )
    const { context, page, frames } = await hang(code)
    await page.getByText('Looking for the table').waitFor()
    await page.waitForResponse((response) => response.url().endsWith('/api/session/watch'))
    expect(frames).toEqual([])
    others[0]?.()
    await page.getByText('Mira').waitFor()
    for (const takeDown of others) takeDown()
    await gm.context.close()
    await context.close()
  }, 60_000)

  for (const scheme of ['light', 'dark'] as const) {
    it(`can be scanned in the ${scheme}, on the TV and in the invitation: to the link exactly`, async () => {
      const gm = await invite(browser(), inn().url, { viewport: desk, colorScheme: scheme })
      const code = await foundTable(gm, 'Phandalin', 'Mira')
      const { context, page } = await hang(code, scheme)
      const onTv = page.getByRole('img', { name: 'QR code of the link' })
      await onTv.waitFor()
      await expectSoon(() => scanQr(browser(), onTv), `${inn().url}/j/${code}`)
      await gm.page.getByRole('button', { name: 'Invite' }).click()
      const invited = gm.page.getByRole('dialog').getByRole('img', { name: 'QR code of the link' })
      await invited.waitFor()
      await expectSoon(() => scanQr(browser(), invited), `${inn().url}/j/${code}`)
      await gm.context.close()
      await context.close()
    }, 60_000)
  }

  it('comes back by itself after the server was away, and says when its code is no more', async () => {
    const { gm, code } = await openAtDesk()
    const { context, page } = await hang(code)
    await page.getByText('Mira').waitFor()
    await inn().close()
    await inn().reopen()
    await until(() =>
      askAs(gm, 'POST /api/dice/roll', { expression: '1d1+76', visibility: 'public' }).then(
        () => true,
        () => false,
      ),
    )
    await page.getByText('77', { exact: true }).waitFor()
    await askAs(gm, 'POST /api/session/join-code')
    await inn().close()
    await inn().reopen()
    await page.getByText('There is no table with this code.').waitFor()
    await page.getByRole('link', { name: 'Another code' }).click()
    await page.getByRole('button', { name: 'Show the table' }).waitFor()
    await gm.context.close()
    await context.close()
  }, 90_000)

  it('waits for a table that takes nobody right now', async () => {
    const { gm, code } = await openAtDesk()
    await askAs(gm, 'PATCH /api/session', { joinable: false })
    const { context, page } = await hang(code)
    await page.getByText('This table takes no new players right now.').waitFor()
    await gm.context.close()
    await context.close()
  }, 60_000)

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe would mend, ${colorScheme}, and no code is asked for twice`, async () => {
      const { gm, code } = await openAtDesk()
      const small = await invite(browser(), inn().url, { viewport: phone, colorScheme })
      await small.page.goto('/screen')
      await small.page.getByLabel('Code').fill(` ${code.toLowerCase()}`)
      expect(await violationsOn(small.page)).toEqual([])
      await small.page.getByRole('button', { name: 'Show the table' }).click()
      await small.page.getByText('Mira').waitFor()
      const { context, page } = await hang(code, colorScheme)
      await page.getByText('Mira').waitFor()
      expect(await violationsOn(page)).toEqual([])
      await startFight(gm)
      await askAs(gm, 'POST /api/dice/roll', { expression: '2d6', visibility: 'public' })
      await page.getByText('2d6').waitFor()
      expect(await violationsOn(page)).toEqual([])
      expect(small.complaints).toEqual([])
      for (const one of [gm, small]) await one.context.close()
      await context.close()
    }, 60_000)
  }
})
