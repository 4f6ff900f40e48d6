import { describe, expect, it } from 'bun:test'
import { testChromium, until } from '../support/services'
import { ask, askAs, seatOf, seatTextOf } from './ask-as'
import { closeDialog, type Guest, invite, namesOf, phone, show } from './at-the-table'
import { expectSoon } from './expect-soon'
import { smallTargetsOf } from './small-targets'
import { foundTable, joinTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

/** Taps through a deed that asks before it is done. */
async function confirm({ page }: Guest, label: string, yes: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click()
  await page.getByRole('group', { name: label }).getByRole('button', { name: yes, exact: true }).click()
}

async function openMenu(guest: Guest, row: string): Promise<void> {
  await show(guest, 'Table')
  await guest.page.getByRole('button', { name: new RegExp(`^${row}`) }).click()
  await guest.page.getByRole('dialog').waitFor()
}

async function manage(gm: Guest, name: string): Promise<void> {
  await show(gm, 'Table')
  await gm.page.getByRole('button', { name: `${name}: what you can do` }).click()
  await gm.page.getByRole('dialog', { name }).waitFor()
}

/** @returns what the browser is given to save */
async function saved({ page }: Guest, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return { name: download.suggestedFilename(), text: await Bun.file(await download.path()).text() }
}

describe.skipIf(testChromium() === undefined)('the people at a table (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  /** A game master with a phone, Lia with a phone, both seated. */
  async function seatTwo() {
    const gm = await invite(browser(), inn().url, { viewport: phone })
    const lia = await invite(browser(), inn().url, { viewport: phone })
    const code = await foundTable(gm, 'Phandalin', 'Mira')
    await joinTable(lia, code, 'Lia')
    const leave = async () => {
      await gm.context.close()
      await lia.context.close()
    }
    return { gm, lia, code, leave }
  }

  it('says who is here, what they play, and who is gone', async () => {
    const { gm, lia, leave } = await seatTwo()
    await askAs(lia, 'POST /api/characters', { name: 'Wren' })
    await show(gm, 'Table')
    const line = gm.page.getByRole('listitem').filter({ hasText: 'Lia' })
    await line.getByText('plays Wren').waitFor()
    await line.getByText('here', { exact: true }).waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await lia.page.goto('/')
    await line.getByText(/^not here, last acted at/).waitFor({ timeout: 40_000 })
    expect(gm.complaints).toEqual([])
    await leave()
  }, 90_000)

  it('renames a player, sends one out, and keeps one out until the ban is lifted', async () => {
    const { gm, lia, code, leave } = await seatTwo()
    await manage(gm, 'Lia')
    expect(await violationsOn(gm.page)).toEqual([])
    expect(await smallTargetsOf(gm.page, '[role=dialog]')).toEqual([])
    await gm.page.getByRole('textbox', { name: 'Name' }).fill('Mira')
    await gm.page.getByRole('button', { name: 'Rename' }).click()
    await gm.page.getByRole('alert').getByText('already has this name').waitFor()
    await gm.page.getByRole('textbox', { name: 'Name' }).fill('Lia of Neverwinter')
    await gm.page.getByRole('button', { name: 'Rename' }).click()
    await gm.page.getByRole('dialog', { name: 'Lia of Neverwinter' }).waitFor()

    await gm.page.getByRole('button', { name: 'Send out', exact: true }).click()
    await gm.page.locator(':focus', { hasText: 'Not now' }).waitFor()
    await gm.page.keyboard.press('Enter')
    await gm.page.getByRole('group', { name: 'Send out' }).waitFor({ state: 'detached' })
    await until(async () => (await namesOf(lia)).includes('Lia of Neverwinter'))
    await confirm(gm, 'Send out', 'Send out')
    await lia.page.getByRole('heading', { name: 'Join a table' }).waitFor()
    await until(async () => (await namesOf(gm)).length === 1)

    await joinTable(lia, code, 'Lia')
    await manage(gm, 'Lia')
    await gm.page.getByRole('button', { name: 'Ban', exact: true }).click()
    await gm.page.getByLabel('For how long').selectOption('60')
    await gm.page.getByRole('group', { name: 'Ban' }).getByRole('button', { name: 'Ban' }).click()
    await lia.page.getByRole('heading', { name: 'Join a table' }).waitFor()
    await openMenu(gm, 'Who is kept out')
    await gm.page.getByRole('dialog').getByText('Lia').waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.page.getByRole('button', { name: 'Let in again' }).click()
    await gm.page.getByText('Nobody is kept out.').waitFor()
    await closeDialog(gm)
    await joinTable(lia, code, 'Lia')
    await leave()
  }, 90_000)

  it('lends the tools with a clock that both see, without what is the game master’s alone', async () => {
    const { gm, lia, leave } = await seatTwo()
    expect(await namesOf(lia)).toContain('Mira')
    expect(await lia.page.getByRole('button', { name: 'Mira: what you can do' }).count()).toBe(0)
    await manage(gm, 'Lia')
    await gm.page.getByRole('button', { name: '30 min' }).click()
    await gm.page.getByRole('dialog').getByRole('timer').waitFor()
    await lia.page.getByText('You run the game for a while.').waitFor()
    await lia.page.getByRole('timer').first().waitFor()
    await lia.page.getByRole('button', { name: /^Compendium/ }).waitFor()
    for (const name of [/^Settings/, /^Close the table/, /^Who is kept out/, /^New join code/])
      expect(await lia.page.getByRole('button', { name }).count()).toBe(0)
    await manage(lia, 'Mira')
    await lia.page.getByRole('link', { name: 'See what Mira sees' }).waitFor()
    expect(await lia.page.getByRole('button', { name: 'Send out' }).count()).toBe(0)
    await closeDialog(lia)
    await lia.page.getByRole('button', { name: 'Give the tools back' }).click()
    await lia.page.getByText('You run the game for a while.').waitFor({ state: 'detached' })
    await gm.page.getByRole('button', { name: '15 min' }).click()
    await gm.page.getByRole('button', { name: 'Take them back now' }).click()
    await gm.page.getByRole('button', { name: '15 min' }).waitFor()
    await leave()
  }, 60_000)

  it('hands the table over at the second tap, with words for what changes', async () => {
    const { gm, lia, leave } = await seatTwo()
    await manage(gm, 'Lia')
    await gm.page.getByRole('button', { name: 'Hand the table over' }).click()
    await gm.page.getByText('You become a player, and only Lia can hand it back.').waitFor()
    await gm.page.getByRole('button', { name: 'Hand it over' }).click()
    await show(lia, 'Table')
    await lia.page.getByRole('button', { name: /^Settings/ }).waitFor()
    await gm.page.getByRole('button', { name: /^Settings/ }).waitFor({ state: 'detached' })
    await leave()
  }, 60_000)

  it('changes the join code everywhere, and closes the door', async () => {
    const { gm, lia, code, leave } = await seatTwo()
    await show(gm, 'Table')
    await confirm(gm, 'New join code', 'Change it')
    await until(async () => (await seatOf(gm)).session.code !== code)
    const fresh = (await seatOf(gm)).session.code
    await show(lia, 'Table')
    await until(async () => {
      await show(lia, 'Log')
      await show(lia, 'Table')
      return (await seatOf(lia)).session.code === fresh
    })
    const door = gm.page.getByRole('switch', { name: /^New players may join/ })
    await door.click()
    await gm.page.getByText('Nobody new comes in').waitFor()
    const tor = await invite(browser(), inn().url, { viewport: phone })
    const join = async (wanted: string) =>
      await fetch(`${inn().url}/api/session/join`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: wanted, name: 'Tor' }),
      })
    expect([(await join(code)).status, (await join(fresh)).status]).toEqual([404, 403])
    await door.click()
    await gm.page.getByText('Whoever has the code can take a seat.').waitFor()
    await joinTable(tor, fresh, 'Tor')
    await tor.context.close()
    await leave()
  }, 60_000)

  it('hands out the code as it is now, whatever the browser knew when it sat down', async () => {
    const { gm, lia, leave } = await seatTwo()
    const { code } = await askAs<{ code: string }>(gm, 'POST /api/session/join-code')
    await lia.page.getByRole('button', { name: 'Invite' }).click()
    const link = lia.page.getByRole('textbox', { name: 'Link' })
    await until(async () => (await link.inputValue()).endsWith(`/j/${code}`))
    await gm.page.reload()
    const shown = gm.page
      .locator('header')
      .getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
      .first()
    await expectSoon(async () => (await shown.textContent())?.replace('-', ''), code)
    await leave()
  }, 60_000)

  it('changes language and appearance of a phone at the table', async () => {
    const { lia, leave } = await seatTwo()
    await show(lia, 'Table')
    await lia.page.getByRole('combobox', { name: 'Appearance' }).selectOption({ label: 'Dark' })
    await lia.page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
    await lia.page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Русский' })
    await lia.page.getByRole('heading', { name: 'Это устройство' }).waitFor()
    await leave()
  }, 60_000)

  it('sets the name, the language, the edition and the house rules', async () => {
    const { gm, lia, leave } = await seatTwo()
    await openMenu(gm, 'Settings')
    expect(await violationsOn(gm.page)).toEqual([])
    expect(await gm.page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await gm.page.getByLabel('Name of the table').fill('Icespire')
    await gm.page.getByLabel('Language of the table').selectOption('ru')
    await gm.page.getByLabel(/^Harmless hits/i).check()
    await gm.page.getByText('Rules of 2024').click()
    await gm.page.getByRole('button', { name: 'Save' }).click()
    await lia.page.getByRole('heading', { name: 'Icespire' }).waitFor()
    const { state } = await askAs<{ state: unknown }>(lia, 'GET /api/session')
    expect(state).toMatchObject({
      name: 'Icespire',
      language: 'ru',
      edition: '2024',
      houseRules: { harmlessHitAsksConcentration: true, halfPoints: 'down' },
    })
    await leave()
  }, 60_000)

  it('gives the log and the table to take home, and players the log alone', async () => {
    const { gm, lia, leave } = await seatTwo()
    await askAs(gm, 'POST /api/dice/roll', { expression: '1d20 # secret', visibility: 'gm' })
    await openMenu(gm, 'Take home')
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.page.getByRole('dialog').getByRole('combobox').selectOption('pt-BR')
    const log = await saved(gm, 'Save the log')
    expect(log.name).toBe('log.md')
    expect(log.text).toContain('secret')
    const table = await saved(gm, 'Save the table')
    expect(table.name).toBe('innkeeper-session.json')
    expect(() => JSON.parse(table.text)).not.toThrow()
    await openMenu(lia, 'Take home')
    expect((await saved(lia, 'Save the log')).text).not.toContain('secret')
    expect(await lia.page.getByRole('button', { name: 'Save the table' }).count()).toBe(0)
    await leave()
  }, 60_000)

  it('opens the seed of the dice, and commits to the next', async () => {
    const { gm, lia, leave } = await seatTwo()
    await askAs(gm, 'POST /api/dice/roll', { expression: '1d20', visibility: 'gm' })
    await openMenu(lia, 'Fair dice')
    await lia.page.getByText('Seed 1, its commitment').waitFor()
    expect(await lia.page.getByRole('button', { name: 'Make the seed public' }).count()).toBe(0)
    await openMenu(gm, 'Fair dice')
    await gm.page.getByRole('button', { name: 'Make the seed public' }).waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.page.getByRole('button', { name: 'Make the seed public' }).click()
    await gm.page.getByLabel('My secret rolls, too').check()
    await gm.page.getByRole('button', { name: 'Make public' }).click()
    await gm.page.getByText('Done: the former seed is public.').waitFor()
    await lia.page.getByText('Seed 2, its commitment').waitFor()
    const { rolls } = await askAs<{ rolls: readonly unknown[] }>(lia, 'GET /api/dice/fairness?seed=1')
    expect(rolls).toHaveLength(1)
    await leave()
  }, 60_000)

  it('closes the table for everyone, once its name was written', async () => {
    const { gm, lia, leave } = await seatTwo()
    await openMenu(gm, 'Close the table')
    expect(await violationsOn(gm.page)).toEqual([])
    const end = gm.page.getByRole('button', { name: 'Close it for good' })
    expect(await end.isDisabled()).toBe(true)
    await gm.page.getByLabel(/^To be sure/).fill('phandalin')
    await end.click()
    await gm.page.getByText('closed').first().waitFor()
    await lia.page.getByText('closed').first().waitFor()
    for (const guest of [gm, lia]) await expectSoon(() => seatTextOf(guest), null)
    await leave()
  }, 60_000)

  it('lists the devices, lets one more in with a code, and signs it out again', async () => {
    const { lia, leave } = await seatTwo()
    await openMenu(lia, 'Your devices')
    await lia.page.getByRole('dialog').getByText('This device').waitFor()
    await lia.page.getByRole('button', { name: 'Add a device' }).click()
    await lia.page.getByRole('timer').waitFor()
    const code = await lia.page.getByRole('textbox', { name: 'Pairing code' }).inputValue()
    expect(await violationsOn(lia.page)).toEqual([])
    expect(await smallTargetsOf(lia.page, '[role=dialog]')).toEqual([])
    const paired = await fetch(`${inn().url}/api/session/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (iPhone) Safari/604' },
      body: JSON.stringify({ code }),
    })
    expect(paired.status).toBe(200)
    await closeDialog(lia)
    await openMenu(lia, 'Your devices')
    await lia.page.getByText('Safari, iPhone').waitFor()
    await confirm(lia, 'Sign out', 'Sign it out')
    await lia.page.getByText('Safari, iPhone').waitFor({ state: 'detached' })
    await leave()
  }, 60_000)

  it('makes a new recovery key that is shown once and brings the seat back', async () => {
    const { lia, leave } = await seatTwo()
    await openMenu(lia, 'New recovery key')
    await lia.page.getByRole('button', { name: 'Make a new key' }).click()
    const key = await lia.page.getByRole('dialog').getByRole('textbox', { name: 'Recovery key' }).inputValue()
    expect(await violationsOn(lia.page)).toEqual([])
    await lia.page.getByRole('dialog').getByRole('button', { name: 'I have saved it' }).click()
    await lia.page.getByRole('dialog').waitFor({ state: 'detached' })
    await openMenu(lia, 'New recovery key')
    await lia.page.getByRole('button', { name: 'Make a new key' }).waitFor()
    expect(await lia.page.getByRole('dialog').getByRole('textbox').count()).toBe(0)
    expect(await lia.page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain(key)
    const recovered = await fetch(`${inn().url}/api/session/recover`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ recoveryKey: key }),
    })
    expect(recovered.status).toBe(200)
    await leave()
  }, 60_000)

  it('lets a player leave for good at the second tap', async () => {
    const { gm, lia, leave } = await seatTwo()
    await show(gm, 'Table')
    await gm.page.getByRole('button', { name: /^New recovery key/ }).waitFor()
    expect(await gm.page.getByRole('button', { name: 'Leave for good' }).count()).toBe(0)
    await openMenu(lia, 'Leave for good')
    expect(await violationsOn(lia.page)).toEqual([])
    await lia.page.getByRole('button', { name: 'Leave', exact: true }).click()
    await lia.page.getByRole('heading', { name: 'Join a table' }).waitFor()
    await until(async () => (await namesOf(gm)).length === 1)
    await leave()
  }, 60_000)

  it('asks the game master, on every tab, whether a claimer is who they say', async () => {
    const { gm, lia, code, leave } = await seatTwo()
    const claim = async () => {
      const answer = await fetch(`${inn().url}/api/session/claims`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, name: 'Lia' }),
      })
      return (await answer.json()) as { claimId: string; claimSecret: string }
    }
    const stateOf = async ({ claimId, claimSecret }: Awaited<ReturnType<typeof claim>>) =>
      await fetch(`${inn().url}/api/session/claims/${claimId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ claimSecret }),
      })
    const question = gm.page.getByText('Lia asks for a seat with this name')
    for (const panel of ['Fight', 'Log'] as const) {
      await show(gm, panel)
      const made = await claim()
      await question.waitFor()
      expect(await violationsOn(gm.page)).toEqual([])
      await gm.page.getByRole('button', { name: 'No', exact: true }).click()
      await question.waitFor({ state: 'detached' })
      expect((await stateOf(made)).status).toBe(403)
    }
    const answeredElsewhere = await claim()
    await question.waitFor()
    await gm.page.reload()
    await question.waitFor()
    expect((await ask(gm, `POST /api/session/claims/${answeredElsewhere.claimId}/decline`)).ok).toBe(true)
    await question.waitFor({ state: 'detached' })
    const approved = await claim()
    await gm.page.getByRole('button', { name: 'That’s them' }).click()
    await question.waitFor({ state: 'detached' })
    expect((await stateOf(approved)).status).toBe(200)
    await lia.page.getByRole('heading', { name: 'Join a table' }).waitFor()
    await leave()
  }, 60_000)
})
