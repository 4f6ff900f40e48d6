import { z } from 'zod'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import { clientFrame, subprotocol, ticketSubprotocolPrefix } from '@innkeeper/protocol/frames'
import { serverFrame } from '@innkeeper/protocol/server-frames'

/** The socket part of the contract as an AsyncAPI 3 document, from the schemas that the code validates with. */
export function asyncApiDocument(publicUrl: string): object {
  const { host, protocol } = new URL(publicUrl)
  const frames = (name: string, schema: z.ZodType) => ({
    name,
    contentType: 'application/json',
    payload: jsonSchema(schema),
  })
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Innkeeper sockets',
      version: '1',
      license: { name: 'Apache-2.0' },
      description: `Text frames of JSON. Close codes below 4500 say: do something first; from 4500: come back. ${closeCodeText()}`,
    },
    servers: { node: { host, protocol: protocol === 'https:' ? 'wss' : 'ws' } },
    channels: {
      room: {
        address: '/enterRoom/{roomId}',
        description: `With \`Authorization: Bearer <ticket>\`, or the subprotocols \`${subprotocol}\` and \`${ticketSubprotocolPrefix}<ticket>\`, or \`${subprotocol}\` alone and a \`hello\` frame within five seconds. \`?since=<seq>\` resumes, \`?takeover=true\` closes the player's other device.`,
        parameters: { roomId: { description: 'The room that the ticket is for' } },
        messages: {
          fromClient: { $ref: '#/components/messages/fromClient' },
          fromServer: { $ref: '#/components/messages/fromServer' },
        },
      },
      table: {
        address: '/ws',
        description:
          'The live channel of a table: `?token=<the channel token of create, join or recover>`, `?since=<seq>`.',
        messages: {
          fromClient: { $ref: '#/components/messages/fromClient' },
          fromServer: { $ref: '#/components/messages/fromServer' },
        },
      },
    },
    operations: Object.fromEntries(
      ['room', 'table'].flatMap((channel) => [
        [`${channel}Receive`, operation(channel, 'receive', 'fromClient')],
        [`${channel}Send`, operation(channel, 'send', 'fromServer')],
      ]),
    ),
    components: {
      messages: {
        fromClient: frames('ClientFrame', clientFrame),
        fromServer: frames('ServerFrame', serverFrame),
      },
    },
  }
}

function operation(channel: string, action: 'send' | 'receive', message: string): object {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    messages: [{ $ref: `#/channels/${channel}/messages/${message}` }],
  }
}

function jsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { target: 'draft-7' })
}

function closeCodeText(): string {
  return Object.entries(closeCodes)
    .map(([name, code]) => `${code} ${name}`)
    .join(' · ')
}
