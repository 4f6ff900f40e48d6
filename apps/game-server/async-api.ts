import { limits } from '@innkeeper/protocol/limits'
import { subprotocol, ticketSubprotocolPrefix } from '@innkeeper/protocol/frames'
import { schemaRef, toJsonSchemas } from '@innkeeper/web-kit/json-schemas'
import { closeCodeTable, describedCloseCodes } from './close-code-list'
import { socketMessages, socketSchemas, type SocketMessage } from './socket-messages'

/** The socket part of the contract as an AsyncAPI 3 document, from the schemas that the code validates with. */
export function asyncApiDocument(publicUrl: string): object {
  const { host, protocol } = new URL(publicUrl)
  const messages = socketMessages()
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Innkeeper sockets',
      version: '1',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description: `Text frames of JSON, at most ${limits.frameBytes} bytes each.\n\n${closeCodeTable()}`,
    },
    defaultContentType: 'application/json',
    servers: {
      node: {
        host,
        protocol: protocol === 'https:' ? 'wss' : 'ws',
        description: 'Any node: the one that holds the room is the fastest.',
      },
    },
    channels: { room: channel(roomChannel, messages), table: channel(tableChannel, messages) },
    operations: Object.fromEntries([...operationsOf('room', messages), ...operationsOf('table', messages)]),
    components: {
      messages: Object.fromEntries(messages.map((message) => [message.id, toMessage(message)])),
      schemas: toJsonSchemas(socketSchemas(), 'draft-7'),
      securitySchemes,
    },
    'x-close-codes': describedCloseCodes,
  }
}

interface Channel {
  readonly address: string
  readonly title: string
  readonly description: string
  readonly parameters?: object
  readonly bindings: object
}

const query = {
  since: {
    type: 'integer',
    minimum: 0,
    description: 'The last `seq` that the client has seen: what it missed follows',
  },
  takeover: {
    type: 'boolean',
    description: 'True: the player’s other device is closed with 4410',
  },
}

const roomChannel: Channel = {
  address: '/enterRoom/{roomId}',
  title: 'A room',
  description: [
    'A ticket from `POST /getTicket/{roomId}` opens it, in one of three ways:',
    '- native clients send `Authorization: Bearer <ticket>`;',
    `- browsers offer the subprotocols \`${subprotocol}\` and \`${ticketSubprotocolPrefix}<ticket>\`;`,
    `- or \`${subprotocol}\` alone, and a \`hello\` frame with the ticket within ${limits.helloMs / 1_000} seconds.`,
    '',
    `The server answers with the subprotocol \`${subprotocol}\`, never with the ticket.`,
  ].join('\n'),
  parameters: { roomId: { description: 'The room that the ticket is for' } },
  bindings: bindings({
    headers: {
      type: 'object',
      properties: {
        Authorization: { type: 'string', pattern: '^Bearer ', description: 'For native clients' },
        'Sec-WebSocket-Protocol': {
          type: 'string',
          description: 'For browsers',
          examples: [`${subprotocol}, ${ticketSubprotocolPrefix}<ticket>`, subprotocol],
        },
      },
    },
    query: { type: 'object', properties: query },
  }),
}

const tableChannel: Channel = {
  address: '/ws',
  title: 'A table',
  description:
    'The live channel of a table, opened with the `token` that creating, joining or recovering a seat answers: in the ' +
    'query, or for native clients in `Authorization: Bearer`. It leads into the same room as `/enterRoom/{id of the session}`.',
  bindings: bindings({
    query: {
      type: 'object',
      properties: {
        token: { type: 'string', format: 'uuid', description: 'The channel token of the seat' },
        ...query,
      },
    },
  }),
}

function bindings(upgrade: { readonly headers?: object; readonly query: object }): object {
  return { ws: { method: 'GET', ...upgrade, bindingVersion: '0.1.0' } }
}

const securitySchemes = {
  ticket: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A ticket in `Authorization`',
  },
  ticketSubprotocol: {
    type: 'httpApiKey',
    name: 'Sec-WebSocket-Protocol',
    in: 'header',
    description: `A ticket as the subprotocol \`${ticketSubprotocolPrefix}<ticket>\`, beside \`${subprotocol}\``,
  },
  channelToken: {
    type: 'httpApiKey',
    name: 'token',
    in: 'query',
    description: 'The channel token of a seat',
  },
}

const securityOf = { room: ['ticket', 'ticketSubprotocol'], table: ['channelToken'] } as const
type ChannelName = keyof typeof securityOf

/** A table's channel leads to tables alone; any ticket opens its room, whatever its type. */
function isSentOn(channelName: ChannelName): (message: SocketMessage) => boolean {
  return ({ roomType }) => channelName === 'room' || roomType !== 'relay'
}

function channel(
  { address, title, description, ...rest }: Channel,
  messages: readonly SocketMessage[],
): object {
  const sent = messages.filter(isSentOn(address === '/ws' ? 'table' : 'room'))
  return {
    address,
    title,
    description,
    servers: [{ $ref: '#/servers/node' }],
    messages: Object.fromEntries(sent.map(({ id }) => [id, { $ref: `#/components/messages/${id}` }])),
    ...rest,
  }
}

const groups = [
  { roomType: undefined, summary: 'Frames of every room', tag: 'frames' },
  { roomType: 'tabletop', summary: 'Rooms of type `tabletop`', tag: 'tabletop' },
  { roomType: 'relay', summary: 'Rooms of type `relay`', tag: 'relay' },
] as const

function operationsOf(name: ChannelName, messages: readonly SocketMessage[]) {
  const sent = messages.filter(isSentOn(name))
  return groups.flatMap(({ roomType, summary, tag }) =>
    (['client', 'server'] as const).flatMap((from) => {
      const own = sent.filter((message) => message.roomType === roomType && message.from === from)
      if (own.length === 0) return []
      const operation = {
        action: from === 'client' ? 'receive' : 'send',
        channel: { $ref: `#/channels/${name}` },
        summary: `${summary}: what ${from === 'client' ? 'clients may send' : 'the server sends'}`,
        tags: [{ name: tag }],
        security: securityOf[name].map((scheme) => ({ $ref: `#/components/securitySchemes/${scheme}` })),
        messages: own.map(({ id }) => ({ $ref: `#/channels/${name}/messages/${id}` })),
      }
      return [[`${name}.${tag}.${from}`, operation] as const]
    }),
  )
}

function toMessage({ name, title, summary, schema, roomType, example }: SocketMessage): object {
  return {
    name,
    title,
    summary,
    contentType: 'application/json',
    tags: [{ name: roomType ?? 'frames' }],
    payload: schemaRef(schema),
    examples: [{ payload: example }],
  }
}
