import { exampleIds } from '@innkeeper/tabletop/table/schemas/example-ids'
import type { ApiManual } from '@innkeeper/web-kit/api-document'
import { gameManual } from './game/game-manual'

const at = 1_795_296_000_000
const session = {
  id: exampleIds.room,
  code: 'QX7M2KDP',
  name: 'Phandalin',
  language: 'en',
  edition: '2014',
  joinable: true,
  createdAt: at,
}
const gm = { uuid: exampleIds.gm, name: 'Mira', role: 'gm' }
const player = { uuid: exampleIds.player, name: 'Торин', role: 'player' }
const tokens = { accessToken: '<access token>', refreshToken: '<refresh token>', expiresIn: 1_800 }
const device = { session, player: gm, ...tokens, token: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6' }
const recoveryKey = 'ABCDE-FGHJK-MNPQR-STUVW'
const claim = { claimId: '9d2f6c1e-8a47-4b35-b0d9-1e5c7a3f8d62', expiresIn: 600 }

/** What the routes of tables are about, and an example of each body and answer. */
export function sessionsManual(): ApiManual {
  const game = gameManual()
  return {
    tags: { ...tags, ...game.tags },
    bodies: { ...bodies, ...documentBodies(game), ...game.bodies },
    answers: { ...answers, ...game.answers },
  }
}

const tags = {
  session: 'Opening a table, taking a seat, coming back to it, and the table as a player sees it.',
  seats: 'The game master’s tools for the seats of a table.',
  devices: 'The devices that are signed in at a seat, and how another one comes to it.',
  claims: 'A seat for a player who has lost every key: the game master says that it is them.',
  'accounts at tables': 'Seats that belong to an account.',
}

const bodies = {
  'POST /api/session': { name: 'Phandalin', gmName: 'Mira', language: 'en', edition: '2014' },
  'PATCH /api/session': { name: 'Phandalin by night', joinable: true },
  'POST /api/session/join': { code: 'QX7M-2KDP', name: 'Торин' },
  'POST /api/session/watch': { code: 'QX7M-2KDP' },
  'POST /api/session/recover': { recoveryKey },
  'POST /api/session/auth/refresh': { refreshToken: '<refresh token>' },
  'POST /api/session/pair': { code: 'QX7M-2KDP' },
  'POST /api/session/claims': { code: 'QX7M-2KDP', name: 'Торин' },
  'POST /api/session/claims/{id}': { claimSecret: '<claim secret>' },
  'PATCH /api/session/players/{uuid}': { name: 'Thorin' },
  'POST /api/session/players/{uuid}/ban': { minutes: 60 },
  'POST /api/session/players/{uuid}/lend': { minutes: 60 },
}

/** A table is opened again from the very document that the export shows. */
function documentBodies({ answers: { TableDocument: document } }: ApiManual): ApiManual['bodies'] {
  return { 'POST /api/session/import': { document, gmName: 'Mira' } }
}

const answers = {
  SeatGrant: { ...device, recoveryKey },
  DeviceGrant: device,
  SessionTokens: tokens,
  WatchedTable: {
    session: { id: session.id, code: session.code, name: session.name, language: session.language },
    ticket: '<room ticket>',
    url: `ws://127.0.0.1:7777/enterRoom/${exampleIds.room}`,
    expiresIn: 1_800,
    player: { uuid: 'guest:Screen#vK3xq1Zr8sT0bY5mWcHj2A', nick: 'Screen' },
  },
  EditedTable: { session: { ...session, name: 'Phandalin by night' } },
  JoinCode: { code: 'QX7M2KDP' },
  RecoveryKey: { recoveryKey },
  PairingCode: { code: 'QX7M2KDP', expiresIn: 300 },
  SeatDevices: {
    devices: [
      {
        id: 'b7c9d1e3-5f60-4a82-93b4-c5d6e7f80912',
        current: true,
        device: { userAgent: 'Mozilla/5.0', ipPrefix: '203.0.113.0/24' },
        createdAt: at,
        lastUsedAt: at,
        expiresAt: at + 30 * 24 * 3_600_000,
      },
    ],
  },
  MadeClaim: { ...claim, claimSecret: '<claim secret>' },
  PendingClaim: { state: 'pending', expiresIn: 540 },
  OpenClaims: {
    claims: [
      {
        id: claim.claimId,
        name: 'Торин',
        player: { uuid: player.uuid, name: 'Торин' },
        createdAt: at,
        expiresAt: at + 600_000,
      },
    ],
  },
  TableBans: {
    bans: [
      {
        id: 'e1f2a3b4-c5d6-4e7f-8091-a2b3c4d5e6f7',
        name: 'Troll',
        holdsAccount: false,
        createdAt: at,
        until: at + 3_600_000,
      },
    ],
  },
  Until: { until: at + 3_600_000 },
  RenamedSeat: { player: { ...player, name: 'Thorin' } },
  OwnTables: {
    tables: [
      {
        id: session.id,
        name: session.name,
        role: 'player',
        player: { uuid: player.uuid, name: player.name },
        createdAt: at,
        lastPlayedAt: at,
      },
    ],
  },
  BroughtTable: {
    ...device,
    recoveryKey,
    formerPlayers: [
      { uuid: player.uuid, name: player.name, characters: [{ id: exampleIds.hero, name: 'Elara' }] },
    ],
  },
}
