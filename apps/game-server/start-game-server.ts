import type { ProcessEffects } from '@innkeeper/process-kit/start-process'
import type { GameServerSettings } from './config'
import { startNode, type RunningNode } from './start-node'

/** A game-server by itself: who players are is told by the issuers of IDENTITY_ISSUERS. */
export function startGameServer(settings: GameServerSettings, effects: ProcessEffects): Promise<RunningNode> {
  return startNode({ settings, databaseFile: 'game-server.sqlite', ...effects })
}
