import { describe, expect, it } from 'bun:test'
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testChromium } from '../support/services'
import { askAs, seatOf } from './ask-as'
import { desk, type Guest, invite, joinByLink, openTable, phone, waitForConnection } from './at-the-table'
import { expectSoon } from './expect-soon'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

const password = 'correct horse battery staple'

describe.skipIf(testChromium() === undefined)('the way to a table (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()
  const guest = (viewport: typeof desk | typeof phone = phone) => invite(browser(), inn().url, { viewport })

  async function opened() {
    const gm = await guest(desk)
    return { gm, code: await openTable(gm, 'Phandalin', 'Mira') }
  }

  async function leave(...guests: readonly Guest[]): Promise<void> {
    for (const { complaints, context } of guests) {
      expect(complaints).toEqual([])
      await context.close()
    }
  }

  const isSeated = (someone: Guest) => waitForConnection(someone, 'Synced')

  it('takes the code as anybody types it, and the link that somebody pastes', async () => {
    const { gm, code } = await opened()
    const [typing, pasting] = [await guest(), await guest()]
    for (const [someone, typed, name] of [
      [typing, `${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`, 'Lia'],
      [pasting, `${inn().url}/j/${code.toLowerCase()}`, 'Bram'],
    ] as const) {
      await someone.page.goto('/')
      const form = someone.page.locator('form', { hasText: 'Take a seat' })
      await form.getByLabel('Code').fill(typed)
      await form.getByLabel('Your name').fill(name)
      await form.getByRole('button', { name: 'Take a seat' }).click()
      await isSeated(someone)
    }
    await leave(gm, typing, pasting)
  }, 60_000)

  it('asks whoever follows a link for nothing but a name', async () => {
    const { gm, code } = await opened()
    const player = await guest()
    await player.page.goto(`/j/${code.toLowerCase()}`)
    const form = player.page.locator('form', { hasText: 'Take a seat' })
    await form.waitFor()
    await form.getByText(`${code.slice(0, 4)}-${code.slice(4)}`).waitFor()
    expect(await form.getByRole('textbox').count()).toBe(1)
    await form.getByRole('button', { name: 'Another code' }).click()
    await expectSoon(() => form.getByRole('textbox').count(), 2)
    await leave(gm, player)
  }, 60_000)

  it('offers another name with one tap where a name is taken', async () => {
    const { gm, code } = await opened()
    const [first, second] = [await guest(), await guest()]
    await joinByLink(first, code, 'Lia')
    await second.page.goto(`/j/${code}`)
    await second.page.getByLabel('Your name').first().fill('Lia')
    await second.page.getByRole('button', { name: 'Take a seat' }).click()
    await second.page.getByRole('button', { name: 'Sit down as “Lia 2”' }).click()
    await isSeated(second)
    await leave(gm, first, second)
  }, 60_000)

  /** Asks for Lia's seat from another phone. @returns the phone, and the claim as the game master's server knows it */
  async function claimLia(gm: Guest, code: string) {
    const lost = await guest()
    await lost.page.goto(`/j/${code}`)
    await lost.page.getByLabel('Your name').first().fill('Lia')
    await lost.page.getByRole('button', { name: 'Take a seat' }).click()
    await lost.page.getByRole('button', { name: 'That’s me: ask the game master' }).click()
    await lost.page.getByText('The game master sees your question').waitFor()
    const { claims } = await askAs(gm, 'GET /api/session/claims')
    return { lost, claim: String(claims[0].id) }
  }

  it('gives a seat back when the game master says so, and sits down by itself', async () => {
    const { gm, code } = await opened()
    const player = await guest()
    await joinByLink(player, code, 'Lia')
    const { uuid } = (await seatOf(player)).player
    const { lost, claim } = await claimLia(gm, code)
    await askAs(gm, `POST /api/session/claims/${claim}/approve`)
    await isSeated(lost)
    expect((await seatOf(lost)).player.uuid).toBe(uuid)
    await player.page.getByText('Join again to take a seat.').waitFor()
    await leave(gm, player, lost)
  }, 60_000)

  it('goes on waiting after a reload, and asks nobody twice', async () => {
    const { gm, code } = await opened()
    const player = await guest()
    await joinByLink(player, code, 'Lia')
    const { lost, claim } = await claimLia(gm, code)
    await lost.page.reload()
    await lost.page.getByText('The game master sees your question').waitFor()
    const { claims }: { readonly claims: readonly { readonly id: string }[] } = await askAs(
      gm,
      'GET /api/session/claims',
    )
    expect(claims.map(({ id }) => id)).toEqual([claim])
    await askAs(gm, `POST /api/session/claims/${claim}/approve`)
    await isSeated(lost)
    await leave(gm, player, lost)
  }, 60_000)

  it('says a no, and lets go of a question', async () => {
    const { gm, code } = await opened()
    const player = await guest()
    await joinByLink(player, code, 'Lia')
    const { lost, claim } = await claimLia(gm, code)
    await askAs(gm, `POST /api/session/claims/${claim}/decline`)
    await lost.page.getByText('The game master says that this seat is not yours.').waitFor()
    await lost.page.getByRole('button', { name: 'Back' }).click()
    await expectSoon(() => lost.page.getByLabel('Your name').first().inputValue(), 'Lia')
    const { lost: other } = await claimLia(gm, code)
    await other.page.getByRole('button', { name: 'Stop asking' }).click()
    await other.page.getByRole('button', { name: 'Take a seat' }).waitFor()
    await leave(gm, player, lost, other)
  }, 60_000)

  it('pairs a second device, and both stay', async () => {
    const { gm } = await opened()
    const { code } = await askAs(gm, 'POST /api/session/devices')
    const second = await guest()
    await second.page.goto('/')
    await second.page.getByText('Use this device too').click()
    await second.page.getByLabel('Pairing code').fill(String(code).toLowerCase())
    await second.page.getByRole('button', { name: 'Pair this device' }).click()
    await second.page.getByRole('button', { name: 'Use it here' }).click()
    await isSeated(second)
    expect((await seatOf(second)).player).toEqual((await seatOf(gm)).player)
    expect((await askAs(gm, 'GET /api/session')).session.name).toBe('Phandalin')
    await leave(gm, second)
  }, 60_000)

  it('brings in a table from a file, and says when a file is none', async () => {
    const { gm } = await opened()
    await askAs(gm, 'POST /api/characters', { name: 'Elara' })
    const folder = mkdtempSync(join(tmpdir(), 'inn-tables-'))
    const [good, bad, wrong] = ['table.json', 'picture.json', 'other.json'].map((name) => join(folder, name))
    writeFileSync(good ?? '', JSON.stringify(await askAs(gm, 'GET /api/session/export')))
    writeFileSync(bad ?? '', 'not even JSON')
    writeFileSync(wrong ?? '', '{"format":"something else"}')
    const other = await guest()
    await other.page.goto('/')
    await other.page.getByText('Bring in a saved table').click()
    const file = other.page.locator('input[type=file]')
    await file.setInputFiles(bad ?? '')
    await other.page.getByText('This file is no exported table.').waitFor()
    await file.setInputFiles(wrong ?? '')
    await other.page.getByRole('alert').waitFor()
    await file.setInputFiles(good ?? '')
    await other.page.getByRole('button', { name: 'I have saved it' }).click()
    await isSeated(other)
    const { state } = await askAs(other, 'GET /api/session')
    expect(Object.values(state.game.character)).toMatchObject([{ name: 'Elara' }])
    rmSync(folder, { recursive: true })
    await leave(gm, other)
  }, 60_000)

  it('keeps the tables of an account together, on every device, until it signs out', async () => {
    const [home, away] = [await guest(desk), await guest()]
    await signUp(home, 'wirt')
    await openTable(home, 'Phandalin', 'Mira')
    await away.page.goto('/account')
    await away.page.getByLabel('Username').fill('Wirt')
    await away.page.getByLabel('Password').fill('wrong as can be')
    await away.page.getByRole('button', { name: 'Sign in' }).last().click()
    await away.page.getByText('Username or password is wrong.').waitFor()
    await away.page.getByLabel('Password').fill(password)
    await away.page.getByRole('button', { name: 'Sign in' }).last().click()
    await away.page.getByRole('button', { name: 'Phandalin' }).click()
    await away.page.getByRole('button', { name: 'Use it here' }).click()
    await isSeated(away)
    expect((await seatOf(away)).player).toEqual((await seatOf(home)).player)

    await home.page.goto('/account')
    await home.page.getByText('Last used').waitFor()
    await home.page.getByRole('listitem').filter({ hasText: 'Last used' }).getByRole('button').click()
    await home.page.getByText('Last used').waitFor({ state: 'detached' })
    await away.page.goto('/account')
    await away.page.getByText('Your sign-in has ended.').first().waitFor()
    await home.page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await home.page.getByLabel('Username').waitFor()
    await expectSoon(
      () => home.page.evaluate<string | null>("localStorage.getItem('innkeeper.account')"),
      null,
    )
    await leave(home, away)
  }, 60_000)

  async function signUp({ page }: Guest, username: string): Promise<void> {
    await page.goto('/account')
    await page.getByRole('button', { name: 'Register' }).first().click()
    await page.getByLabel('Username').fill(username)
    await page.getByText('At least 8 characters of any kind.').waitFor()
    await page.getByLabel('Password').fill('password1')
    await page.getByRole('button', { name: 'Register' }).last().click()
    await page.getByText('Everybody tries this password first.').waitFor()
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Register' }).last().click()
    await page.getByRole('heading', { name: 'My tables' }).waitFor()
  }

  it('lets an account keep a guest’s seat, change its password, take its data along and go', async () => {
    const { gm, code } = await opened()
    const player = await guest()
    const { page } = player
    await joinByLink(player, code, 'Lia')
    await signUp(player, 'lia-of-phandalin')
    await page.getByRole('button', { name: 'Keep this seat' }).click()
    await page.getByRole('button', { name: /Phandalin/ }).waitFor()
    await page.getByLabel('Present password').fill(password)
    await page.getByLabel('New password').fill(`${password} 2`)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('The password is changed.').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save a copy' }).click()
    expect((await download).suggestedFilename()).toBe('innkeeper-account.json')
    await page.getByRole('button', { name: 'Delete the account' }).click()
    await page.getByRole('dialog').getByLabel('Password').fill(`${password} 2`)
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await page.getByRole('heading', { name: 'Account' }).waitFor()
    await page.goto('/table')
    await isSeated(player)
    await leave(gm, player)
  }, 60_000)

  it('wears the theme that was chosen, from the first paint on', async () => {
    const someone = await guest()
    const { page } = someone
    await page.goto('/')
    await page.getByLabel('Appearance').selectOption('dark')
    const scheme = () => page.evaluate<string>('getComputedStyle(document.documentElement).colorScheme')
    await expectSoon(scheme, 'dark')
    // Before any module has run: only what stands in the head can have done it.
    await page.route('**/assets/*.js', (route) => route.abort())
    await page.reload({ waitUntil: 'commit' })
    await expectSoon(scheme, 'dark')
    await someone.context.close()
  }, 60_000)

  for (const [name, viewport, colorScheme] of [
    ['a phone in the light', phone, 'light'],
    ['a desk in the dark', desk, 'dark'],
  ] as const) {
    it(`has nothing that axe would mend on ${name}, and fits`, async () => {
      const { gm, code } = await opened()
      const someone = await invite(browser(), inn().url, { viewport, colorScheme })
      const { page } = someone
      const check = async () => {
        expect(await violationsOn(page)).toEqual([])
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(viewport.width)
      }
      await page.goto('/')
      for (const row of ['Come back with a recovery key', 'Use this device too', 'Bring in a saved table']) {
        await page.getByText(row).click()
        await check()
      }
      await page.goto(`/j/${code}`)
      await page.getByLabel('Your name').first().fill('Mira')
      await page.getByRole('button', { name: 'Take a seat' }).click()
      await page.getByRole('button', { name: 'Sit down as “Mira 2”' }).waitFor()
      await check()
      await page.getByRole('button', { name: 'That’s me' }).click()
      await page.getByText('You may not do this.').waitFor()
      await check()
      await page.goto('/about')
      await page.getByText('SRD 5.1').first().waitFor()
      await check()
      await page.goto('/account')
      await page.getByLabel('Username').waitFor()
      await check()
      await signUp(someone, `axe-${colorScheme}`)
      await check()
      await leave(gm, someone)
    }, 120_000)
  }
})
