import { createRoute } from '@hono/zod-openapi'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { problemAnswers } from '@innkeeper/web-kit/problem-schema'
import type { Devices } from '../devices/devices'
import type { Recovery } from '../devices/recovery'
import type { SessionAuthenticator } from '../session-authenticator'
import { forPlayers } from './current-player'
import {
  deviceListSchema,
  deviceParams,
  pairBody,
  pairingSchema,
  parseDeviceId,
  recoveryKeySchema,
  toDeviceItem,
} from './device-schemas'
import { callerOf, done, jsonAnswer, jsonBody, noStore, type CallerOptions } from './route-parts'
import { deviceGrantSchema, toDeviceAnswer } from './session-schemas'

/** What the device routes stand on. */
export interface DeviceRoutesOptions extends CallerOptions {
  readonly devices: Devices
  readonly recovery: Recovery
  readonly authenticator: SessionAuthenticator
}

const tags = ['devices']

const pairRoute = createRoute({
  method: 'post',
  path: '/api/session/pair',
  tags,
  summary: 'Sign one more device in with a pairing code',
  description: 'Devices that are signed in stay so, and the recovery key stays as it is.',
  request: { body: jsonBody(pairBody) },
  responses: {
    200: jsonAnswer('The seat, and what opens it on this device', deviceGrantSchema),
    ...problemAnswers('validation-failed', 'pairing-failed', 'too-many'),
  },
})

/** A seat's devices, its pairing codes and its recovery key. */
export function addDeviceRoutes(app: HttpApp, options: DeviceRoutesOptions): void {
  addListRoutes(app, options)
  addPairingRoutes(app, options)
  addRecoveryKeyRoute(app, options)
}

function addListRoutes(app: HttpApp, { devices, authenticator }: DeviceRoutesOptions): void {
  const guard = forPlayers(authenticator)

  const listRoute = createRoute({
    method: 'get',
    path: '/api/session/devices',
    tags,
    summary: 'The devices that are signed in at this seat, newest use first',
    ...guard,
    responses: { 200: jsonAnswer('The devices', deviceListSchema), ...problemAnswers('token-invalid') },
  })
  app.openapi(listRoute, async (context) => {
    const holder = context.get('player')
    const families = await devices.list(holder)
    const answer = { devices: families.map((family) => toDeviceItem(family, holder.signIn)) }
    return context.json(answer, 200, noStore)
  })

  const removeRoute = createRoute({
    method: 'delete',
    path: '/api/session/devices/{id}',
    tags,
    summary:
      'Sign a device out: its tokens end and its sockets close. With its own id, a device signs itself out',
    ...guard,
    request: { params: deviceParams },
    responses: { ...done('Signed out'), ...problemAnswers('token-invalid', 'not-found') },
  })
  app.openapi(removeRoute, async (context) => {
    await devices.remove(context.get('player'), parseDeviceId(context.req.valid('param').id))
    return context.body(null, 204)
  })
}

function addPairingRoutes(app: HttpApp, options: DeviceRoutesOptions): void {
  const { devices, authenticator } = options
  const offerRoute = createRoute({
    method: 'post',
    path: '/api/session/devices',
    tags,
    summary: 'A pairing code for one more device',
    description: 'It works once, for five minutes, and as long as the device that asked for it is signed in.',
    ...forPlayers(authenticator),
    responses: { 201: jsonAnswer('The code', pairingSchema), ...problemAnswers('token-invalid', 'too-many') },
  })
  app.openapi(offerRoute, async (context) =>
    context.json(await devices.offer(context.get('player')), 201, noStore),
  )

  app.openapi(pairRoute, async (context) => {
    const grant = await devices.pair(context.req.valid('json').code, callerOf(context, options))
    return context.json(toDeviceAnswer(grant), 200, noStore)
  })
}

function addRecoveryKeyRoute(app: HttpApp, { recovery, authenticator }: DeviceRoutesOptions): void {
  const recoveryKeyRoute = createRoute({
    method: 'post',
    path: '/api/session/recovery-key',
    tags,
    summary: 'A new recovery key for this seat; the old one is dead at once',
    ...forPlayers(authenticator),
    responses: {
      200: jsonAnswer('The key', recoveryKeySchema),
      ...problemAnswers('token-invalid', 'too-many'),
    },
  })
  app.openapi(recoveryKeyRoute, async (context) =>
    context.json({ recoveryKey: await recovery.renewKey(context.get('player')) }, 200, noStore),
  )
}
