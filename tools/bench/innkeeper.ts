import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { BenchIssuer } from './issuer'
import { mintTokens } from './load/tokens'
import { freePort, type ServerProcess, startByHealth } from './processes'

const root = path.join(import.meta.dir, '..', '..')

/** Another checkout may be measured in place of this one: BENCH_MAIN=../other/apps/all-in-one/main.ts */
const mainPath = path.resolve(process.env['BENCH_MAIN'] ?? path.join(root, 'apps', 'all-in-one', 'main.ts'))

/** Rooms that one owner may have open. */
const roomsPerOwner = 100

/** What is asked of our server: so many relay rooms for so many players each. */
export interface InnkeeperRooms {
  readonly rooms: number
  readonly membersPerRoom: number
}

/** The load comes from one address and a few players. The limiters count all the same, and refuse nobody. */
const neverRefusing = {
  SOCKET_MESSAGES_PER_SECOND: '1000000',
  SOCKETS_PER_IP: '1000000',
  SOCKETS_ENTERING_PER_IP: '1000000',
  GUEST_TICKETS_PER_MINUTE: '1000000',
}

/** Starts the all-in-one app with everything in place: SQLite in a fresh folder, authorisation, presence, limits. */
export async function startInnkeeper(identity: BenchIssuer, wanted: InnkeeperRooms): Promise<ServerProcess> {
  const folder = freshFolder()
  const { issuer, audience } = identity.issuer
  const trusted = [{ issuer, audience, jwksUrl: identity.jwksUrl }]
  const server = await startInFolder(folder.path, { IDENTITY_ISSUERS: JSON.stringify(trusted) })
  const rooms = await createRooms(identity, server.port, wanted)
  const stop = async () => {
    await server.stop()
    folder.remove()
  }
  return { ...server, rooms, stop }
}

/** Starts the app on a folder that an earlier one may have filled, and leaves the folder behind. */
export async function startInFolder(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const port = freePort()
  const preload = path.join(import.meta.dir, 'servers', 'collect-on-signal.ts')
  const fixed = { PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'error' }
  const environment = { ...fixed, ...neverRefusing, ...settings }
  return await startByHealth([process.execPath, '--preload', preload, mainPath], environment, port)
}

/** A folder for one server's data. */
export function freshFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'innkeeper-bench-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function createRooms(identity: BenchIssuer, port: number, wanted: InnkeeperRooms): Promise<string[]> {
  const owners = mintTokens(identity.issuer, Math.ceil(wanted.rooms / roomsPerOwner))
  const rooms: string[] = []
  for (let index = 0; index < wanted.rooms; index++) {
    const response = await fetch(`http://127.0.0.1:${port}/rooms`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${owners[Math.floor(index / roomsPerOwner)]}`,
      },
      body: JSON.stringify({
        type: 'relay',
        name: `Bench ${index}`,
        maxPlayers: wanted.membersPerRoom,
        guests: true,
      }),
    })
    if (response.status !== 201) throw new Error(`No room: ${response.status} ${await response.text()}`)
    const room = (await response.json()) as { readonly roomId: string }
    rooms.push(room.roomId)
  }
  return rooms
}
