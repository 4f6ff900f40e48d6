import { roomLaw } from '@innkeeper/rooms/testing/room-law'
import fc from 'fast-check'
import { tableCommandArbitrary } from './arbitrary-commands'
import { tabletopRoom } from './tabletop-room'

// Some uuids come in several roles and under several names, as seats that are taken again do.
const player = fc.record(
  {
    uuid: fc.constantFrom('gm-1', 'ana-1', 'boris-1', 'guest:w#1', '__proto__'),
    nick: fc.constantFrom('Mia', 'Ana', 'Boris', '龍'),
    role: fc.constantFrom('gm', 'player', 'watcher', 'dragon'),
  },
  { requiredKeys: ['uuid', 'nick'] },
)

roomLaw(tabletopRoom, {
  options: fc.constant({ name: 'Friday' }),
  players: fc.array(player, { minLength: 1, maxLength: 6 }),
  commands: fc.array(tableCommandArbitrary, { maxLength: 15 }),
  runs: 60,
})
