import { z } from '@hono/zod-openapi'
import type { SignInId } from '@innkeeper/protocol/ids'
import type { Family } from '@innkeeper/tokens/families/families'

/** A device as its player sees it: where and when, never a token. Times in epoch milliseconds. */
const deviceSchema = z
  .object({
    id: z.string(),
    current: z.boolean().openapi({ description: 'Whether this request came from it' }),
    device: z.object({
      userAgent: z.string().optional(),
      ipPrefix: z.string().optional().openapi({ example: '203.0.113.0/24' }),
    }),
    createdAt: z.number(),
    lastUsedAt: z.number().openapi({ description: 'When its tokens were refreshed last' }),
    expiresAt: z.number(),
  })
  .openapi('SeatDevice')

/** GET /api/session/devices */
export const deviceListSchema = z.object({ devices: z.array(deviceSchema) }).openapi('SeatDevices')

/** The path of a route about one device. */
export const deviceParams = z.object({ id: z.string() })

/** POST /api/session/devices */
export const pairingSchema = z
  .object({
    code: z.string().openapi({ example: 'QX7M2KDP', description: 'To type on the other device, once' }),
    expiresIn: z.int().openapi({ description: 'Seconds' }),
  })
  .openapi('PairingCode')

/** POST /api/session/pair */
export const pairBody = z
  .strictObject({
    code: z
      .string()
      .max(64)
      .openapi({ example: 'QX7M-2KDP', description: 'Case, spaces and dashes do not matter' }),
  })
  .openapi('PairDevice')

/** POST /api/session/recovery-key */
export const recoveryKeySchema = z
  .object({ recoveryKey: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('RecoveryKey')

/** What is listed here is shown, so that nothing new is shown by accident. */
export function toDeviceItem(family: Family, current: SignInId): z.infer<typeof deviceSchema> {
  const { userAgent, ipPrefix } = family.device
  return {
    id: family.sid,
    current: family.sid === current,
    device: {
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(ipPrefix === undefined ? {} : { ipPrefix }),
    },
    createdAt: family.createdAtMs,
    lastUsedAt: family.rotatedAtMs,
    expiresAt: family.expiresAtMs,
  }
}

/** Any text: which sign-ins there are, and whose, the families know. */
export function parseDeviceId(text: string): SignInId {
  return text as SignInId
}
