import { describe, expect, it } from 'bun:test'
import { testChromium } from '../support/services'
import { askAs } from './ask-as'
import { desk, type Guest, invite, phone, show } from './at-the-table'
import { foundTable } from './sit-down'
import { useInn } from './use-inn'
import { violationsOn } from './violations'

describe.skipIf(testChromium() === undefined)('verifying the dice (needs TEST_CHROMIUM)', () => {
  const { inn, browser } = useInn()

  async function rolledTable(viewport: typeof desk | typeof phone): Promise<Guest> {
    const gm = await invite(browser(), inn().url, { viewport })
    await foundTable(gm, 'Phandalin', 'Mira')
    for (const expression of ['1d20+5', '8d6 # fireball', '2x4dF'])
      await askAs(gm, 'POST /api/dice/roll', { expression, visibility: 'public', nonce: 'mine' })
    return gm
  }

  const choose = ({ page }: Guest, document: object) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'dice.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(document)),
    })

  it('shows the seal before the secret is open, and that the rolls have to wait', async () => {
    const gm = await rolledTable(phone)
    await gm.page.goto('/verify')
    await gm.page.getByText('3 rolls wait until their secret is open').waitFor()
    const { seeds } = await askAs(gm, 'GET /api/dice/fairness')
    await gm.page.getByText(seeds[0].commit).waitFor()
    expect(await violationsOn(gm.page)).toEqual([])
    await gm.context.close()
  }, 60_000)

  it('leads from a roll in the log to its proof', async () => {
    const gm = await rolledTable(phone)
    await show(gm, 'Log')
    const card = gm.page.getByRole('listitem').filter({ hasText: 'fireball' })
    await card.waitFor()
    expect(await gm.page.getByRole('link', { name: 'Verify' }).count()).toBe(0)
    await askAs(gm, 'POST /api/dice/reseed', {})
    await card.getByRole('link', { name: 'Verify' }).click()
    await gm.page.getByRole('heading', { name: '3 rolls fell as they were shown.' }).waitFor()
    await gm.page.getByText('Roll 2 of secret 1').waitFor()
    await gm.page.getByText('It fell as it was shown.').waitFor()
    expect(gm.complaints).toEqual([])
    await gm.context.close()
  }, 60_000)

  it('names the roll of a file in which a bit was flipped, offline and without a seat', async () => {
    const gm = await rolledTable(desk)
    await askAs(gm, 'POST /api/dice/reseed', {})
    const document = await askAs(gm, 'GET /api/dice/fairness')
    const stranger = await invite(browser(), inn().url, { viewport: phone, colorScheme: 'dark' })
    await stranger.page.goto('/verify')
    await stranger.page.getByText('Check a file').waitFor()
    await stranger.context.setOffline(true)
    await choose(stranger, document)
    await stranger.page.getByRole('heading', { name: '3 rolls fell as they were shown.' }).waitFor()

    document.rolls[1].faces[3] ^= 1
    await choose(stranger, document)
    await stranger.page.getByRole('heading', { name: '1 roll does not add up.' }).waitFor()
    const wrong = stranger.page.getByRole('listitem').filter({ hasText: 'Roll 2 of secret 1' })
    await wrong.filter({ hasText: 'shown: ' }).getByText('The dice did not fall like that.').waitFor()
    expect(await violationsOn(stranger.page)).toEqual([])

    await choose(stranger, { seeds: 'none' })
    await stranger.page.getByRole('alert').getByText('dice.json is not a document').waitFor()
    expect(stranger.complaints).toEqual([])
    await Promise.all([gm.context.close(), stranger.context.close()])
  }, 60_000)
})
