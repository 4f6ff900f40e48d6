import { createAttemptLimit, type CreateLimiter } from '@innkeeper/web-kit/attempt-limits'

/** The limit on guests' tickets by their address; 0 is no limit. */
export function createGuestLimit(create: CreateLimiter, perMinute: number): (ip: string) => Promise<void> {
  if (perMinute === 0) return async () => {}
  const limit = createAttemptLimit(create('guest-ticket', { points: perMinute, seconds: 60 }))
  return (ip) => limit.consume(ip)
}
