import type { Leases, NodeAddress } from './leases'

/** The only node holds every room. */
export function createMemoryLeases(me: NodeAddress): Leases {
  // Asked for every ticket: one promise answers all.
  const here = Promise.resolve(me)
  return {
    me,
    acquire: () => here,
    holder: () => here,
    async release() {},
    async heartbeat() {
      return []
    },
    async retire() {},
  }
}
