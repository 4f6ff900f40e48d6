import path from 'node:path'
import { findNode } from './install-peers'
import { startInnkeeper } from './innkeeper'
import { type BenchIssuer, publicKeyOf } from './issuer'
import type { PeerName } from './load/jobs'
import { type ServerProcess, startPeer } from './processes'

/** What a part asks of each server that it measures. */
export interface Wanted {
  readonly rooms: number
  readonly membersPerRoom: number
  /** Colyseus: `relay` rooms have no state, `lobby` rooms have the players as their state. */
  readonly roomType?: 'relay' | 'lobby'
  /** The bare servers send as many bytes as ours does. */
  readonly frameBytes?: number
  readonly answerBytes?: number
  /** For HTTP alone: the bare server is Hono. */
  readonly isHttp?: boolean
  /** Colyseus: how long a seat is kept for its player; its own default unless told. */
  readonly seatSeconds?: number
}

const script = (name: string) => path.join(import.meta.dir, 'servers', name)

/** Starts a fresh server, ready to be asked. */
export async function startServer(
  peer: PeerName,
  identity: BenchIssuer,
  wanted: Wanted,
): Promise<ServerProcess> {
  const environment = {
    BENCH_ROOMS: String(wanted.rooms),
    BENCH_ROOM_TYPE: wanted.roomType ?? 'relay',
    ...(wanted.frameBytes && { BENCH_FRAME_BYTES: String(wanted.frameBytes) }),
    ...(wanted.seatSeconds && { COLYSEUS_SEAT_RESERVATION_TIME: String(wanted.seatSeconds) }),
    ...(wanted.answerBytes && { BENCH_ANSWER_BYTES: String(wanted.answerBytes) }),
  }
  const onNode = (name: string) => startPeer([findNode().path, '--expose-gc', script(name)], environment)
  const onBun = (name: string) =>
    startPeer([process.execPath, '--preload', script('collect-on-signal.ts'), script(name)], environment)
  switch (peer) {
    case 'innkeeper':
      return await startInnkeeper(identity, wanted)
    case 'colyseus':
      return await onNode('colyseus.mjs')
    case 'socket.io':
      return await onNode('socket-io.mjs')
    case 'bare':
      return await onBun(wanted.isHttp ? 'bare-hono.ts' : 'bare-publish.ts')
    case 'bare-door':
      return await onBun('bare-door.ts')
    case 'least':
      return await startPeer([process.execPath, script('least.ts')], {
        ...environment,
        BENCH_PUBLIC_KEY: JSON.stringify(publicKeyOf(identity)),
      })
    case 'raw':
      return await onBun('raw.ts')
  }
}
