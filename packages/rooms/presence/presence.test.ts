import { redisKeyPrefix } from '../../../tests/support/services'
import { onEveryRedis } from '../testing/on-every-redis'
import { createMemoryPresence } from './memory-presence'
import { houseTtlMs, presenceContract, sharedPresenceContract } from './presence-contract'
import { createRedisPresence } from './redis-presence'

presenceContract('memory', () => {
  const presence = createMemoryPresence({ clock: Date.now, ttlMs: houseTtlMs })
  return { node: () => presence }
})

onEveryRedis('presence', (name, open) => {
  const house = () => {
    const prefix = redisKeyPrefix()
    return { node: () => createRedisPresence(open(prefix), { ttlMs: houseTtlMs }) }
  }
  presenceContract(name, house)
  sharedPresenceContract(name, house)
})
