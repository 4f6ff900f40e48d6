import { freshFolder, startInFolder } from './innkeeper'
import { eachAtOnce } from './load/join'
import type { TableSeat } from './load/jobs'
import type { ServerProcess } from './processes'

/** A table and everyone who sits at it, its game master first. */
export interface BenchTable {
  readonly seats: readonly TableSeat[]
  /** The game master's, for requests. */
  readonly accessToken: string
}

/** Tables are limited by address, so each says that it comes from another one. */
const settings = { TRUST_PROXY: 'loopback' }

/** Starts our server on a folder: fresh, or as another one left it. */
export async function startTableServer(folder: string): Promise<ServerProcess> {
  return await startInFolder(folder, settings)
}

/** Runs `measure` on a fresh server and its folder, and removes both. */
export async function onTableServer<Result>(
  measure: (server: ServerProcess, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = freshFolder()
  try {
    const server = await startTableServer(folder.path)
    try {
      return await measure(server, folder.path)
    } finally {
      await server.stop()
    }
  } finally {
    folder.remove()
  }
}

/** Opens so many tables for so many players each. */
export async function openTables(
  port: number,
  { tables, players }: { readonly tables: number; readonly players: number },
): Promise<readonly BenchTable[]> {
  const opened: BenchTable[] = []
  await eachAtOnce(
    Array.from({ length: tables }, (_, index) => index),
    8,
    async (index) => {
      opened.push(await openTable(port, { players, ip: `10.0.${index >> 8}.${index & 255}` }))
    },
  )
  return opened
}

interface Grant {
  readonly session: { readonly code: string }
  readonly player: { readonly uuid: string }
  readonly accessToken: string
  readonly token: string
}

async function openTable(
  port: number,
  { players, ip }: { readonly players: number; readonly ip: string },
): Promise<BenchTable> {
  const ask = async (path: string, body: object): Promise<Grant> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
      body: JSON.stringify(body),
    })
    if (response.status >= 300) throw new Error(`No table: ${response.status} ${await response.text()}`)
    return (await response.json()) as Grant
  }
  const gm = await ask('/api/session', { name: 'Phandalin', gmName: 'Mira' })
  const grants = [gm]
  for (let seat = 1; seat < players; seat++)
    grants.push(await ask('/api/session/join', { code: gm.session.code, name: `Player ${seat}` }))
  const seats = grants.map(({ player, token }) => ({ uuid: player.uuid, token }))
  return { seats, accessToken: gm.accessToken }
}
