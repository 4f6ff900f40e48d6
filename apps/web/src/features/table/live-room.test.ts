import { expect, it } from 'bun:test'
import { withPresence } from './live-room'

it('knows of no screen that has left, however many come and go', () => {
  let statuses: ReturnType<typeof withPresence> = new Map([['lia', 'online']])
  for (let screens = 0; screens < 50; screens += 1) {
    const uuid = `guest:Screen#${screens}`
    for (const status of ['online', 'away', 'left'] as const)
      statuses = withPresence(statuses, { uuid, status })
  }
  expect([...statuses]).toEqual([['lia', 'online']])
  expect([...withPresence(statuses, { uuid: 'lia', status: 'away' })]).toEqual([['lia', 'away']])
})
