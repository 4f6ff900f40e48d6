import { afterAll, beforeAll, expect, it, setDefaultTimeout } from 'bun:test'
import type { ServerFrame } from '@innkeeper/protocol/frames'
import { exampleIds } from '@innkeeper/tabletop/table/schemas/example-ids'
import {
  judgeBy,
  readDocument,
  resolveIn,
  toNode,
  toNodes,
  type DocumentNode,
  type Judge,
} from '../support/api-documents'
import { openSocket, type RawSocket } from '../support/raw-socket'
import { startTestServer, type TestServer } from '../support/start-server'
import { until } from '../support/until'

setDefaultTimeout(120_000)

let server: TestServer
let document: DocumentNode
let judge: Judge

beforeAll(async () => {
  server = await startTestServer()
  document = await readDocument(server, '/asyncapi.json')
  judge = judgeBy(document, 'draft-7')
})
afterAll(() => server.stop())

const messageIds = () => Object.keys(toNode(toNode(document['components'])['messages']))
const message = (id: string) => toNode(resolveIn(document, `#/components/messages/${id}`))

/** The documented example, with what it names put in the place of what this table calls so. */
function exampleOf(id: string, real: ReadonlyMap<string, string> = new Map()): string {
  let text = JSON.stringify(toNodes(message(id)['examples'])[0]?.['payload'])
  for (const [told, known] of real) text = text.replaceAll(told, known)
  return text
}

/** @returns the message that describes a frame, by its type and, of an event, by its name */
function describing(frame: ServerFrame, roomType: string): string {
  if (frame.type === 'welcome') return frame.resumed ? 'welcome' : `${roomType}.welcome`
  return frame.type === 'event' && frame.name !== 'hidden' ? `${roomType}.event.${frame.name}` : frame.type
}

/** Every frame that came must be one that the document describes, and be just as it describes it. */
function expectDescribed(socket: RawSocket, roomType: string): ReadonlySet<string> {
  const seen = new Set<string>()
  for (const frame of socket.received) {
    const id = describing(frame, roomType)
    expect(messageIds()).toContain(id)
    expect({ id, faults: judge.faults(message(id)['payload'], frame) }).toEqual({ id, faults: [] })
    seen.add(id)
  }
  return seen
}

interface Seat {
  readonly session: { readonly id: string; readonly code: string }
  readonly player: { readonly uuid: string }
  readonly accessToken: string
  readonly token: string
}

async function seatsAtTable(): Promise<readonly [Seat, Seat]> {
  const { json: gm } = await server.call('POST', '/api/session', {
    body: { name: 'Phandalin', gmName: 'Mira' },
  })
  const body = { code: gm.session.code, name: 'Торин' }
  return [gm, (await server.call('POST', '/api/session/join', { body })).json]
}

const enterTable = async ({ token }: Seat): Promise<RawSocket> => {
  const socket = await openSocket(`${server.url}/ws?token=${token}`, { origin: server.url })
  await socket.next('welcome')
  return socket
}

it('every command of a table, sent as its example, gets an answer that the document describes', async () => {
  const [gm, player] = await seatsAtTable()
  const [gmSocket, playerSocket] = [await enterTable(gm), await enterTable(player)]
  const real = new Map<string, string>([[exampleIds.player, player.player.uuid]])
  const { events } = await playCommands(gmSocket, real)
  expect(events).toEqual(
    expect.arrayContaining(['character.changed', 'combat.changed', 'dice.rolled', 'undone', 'redone']),
  )
  const secret = { type: 'command', id: 'secret', name: 'dice.roll' }
  gmSocket.send({ ...secret, payload: { expression: 'd20', visibility: 'gm' } })
  await playerSocket.next('event', ({ name }) => name === 'hidden')
  await Promise.all([gmSocket.close(), playerSocket.close()])
  const seen = expectDescribed(gmSocket, 'tabletop')
  expect(seen).toContain('tabletop.event.dice.seeded')
  expect(expectDescribed(playerSocket, 'tabletop')).toContain('event')
})

/** In the order of the document; each is answered by its event, or by a reject that says why not. */
async function playCommands(socket: RawSocket, real: Map<string, string>) {
  const events: string[] = []
  const commands = messageIds().filter((id) => id.startsWith('tabletop.command.'))
  // Removing the hero would leave the others nobody to be about, and what was undone must have been done.
  const inOrder = commands.filter((id) => !id.endsWith('.character.remove'))
  for (const id of inOrder) {
    const text = exampleOf(id, real)
    expect({ id, faults: judge.faults(message(id)['payload'], JSON.parse(text)) }).toEqual({ id, faults: [] })
    const { id: ref } = JSON.parse(text)
    socket.sendText(text)
    const answer = await answerTo(socket, ref)
    if (answer.type === 'reject') {
      // The rules may not allow it now; that it is understood is what the document promises.
      expect({ id, type: answer.problem.type }).toEqual({
        id,
        type: expect.stringMatching(/(conflict|not-found|not-allowed)$/),
      })
      continue
    }
    events.push(answer.name)
    learnIds(real, answer)
  }
  return { events }
}

type AnswerFrame = Extract<ServerFrame, { readonly type: 'event' | 'reject' }>

/** The last event that a command became, or what refused it. */
async function answerTo(socket: RawSocket, command: string): Promise<AnswerFrame> {
  const isAnswer = (frame: ServerFrame): frame is AnswerFrame =>
    (frame.type === 'event' && frame.ref === command) || (frame.type === 'reject' && frame.id === command)
  return await until(async () => socket.received.findLast(isAnswer))
}

/** Ids that the table has given, for those that stand in the examples. */
function learnIds(real: Map<string, string>, frame: Extract<ServerFrame, { readonly type: 'event' }>): void {
  for (const { kind, value } of toNodes(toNode(frame.payload ?? {})['changes'])) {
    const { id, name } = toNode(value ?? {})
    if (kind === 'character' && !real.has(exampleIds.hero)) real.set(exampleIds.hero, String(id))
    if (kind === 'combatant' && /dragon/i.test(String(name))) real.set(exampleIds.monster, String(id))
  }
}

it('a room of type relay, entered in each of the three ways, says what the document says', async () => {
  const account = await server.register()
  const roomId = await server.room(account)
  const ticket = await server.ticket(roomId, account)
  const asBrowser = { origin: server.url }
  const enterings = [
    () => server.enter(roomId, ticket),
    () =>
      openSocket(`${server.url}/enterRoom/${roomId}`, {
        ...asBrowser,
        protocols: ['innkeeper.v1', `ticket.${ticket}`],
      }),
    async () => {
      const socket = await openSocket(`${server.url}/enterRoom/${roomId}`, {
        ...asBrowser,
        protocols: ['innkeeper.v1'],
      })
      const { since: _none, ...hello } = JSON.parse(exampleOf('hello', new Map([['<ticket>', ticket]])))
      socket.send(hello)
      return socket
    },
  ]
  for (const enter of enterings) {
    const socket = await enter()
    await socket.next('welcome')
    socket.sendText(exampleOf('relay.command.relay'))
    await socket.next('event')
    socket.sendText(exampleOf('renew', new Map([['<ticket>', await server.ticket(roomId, account)]])))
    await socket.next('renewed')
    socket.send({ type: 'command', id: 'c9', name: 'no.such.command' })
    await socket.next('reject')
    await socket.close()
    const seen = expectDescribed(socket, 'relay')
    expect(seen).toEqual(new Set(['relay.welcome', 'relay.event.relayed', 'renewed', 'reject']))
  }
})

it('a close says its code and its reason as the document describes them', async () => {
  const account = await server.register()
  const roomId = await server.room(account)
  const socket = await server.enter(roomId, 'no.ticket.at.all')
  const { code, reason } = await socket.ended()
  const codes = toNodes(document['x-close-codes']).map((known) => known['code'])
  expect(codes).toContain(code)
  const schema = { $ref: '#/components/schemas/CloseReason' }
  expect(judge.faults(schema, reason)).toEqual([])
  expect(judge.faults(schema, { type: '/problems/no-such-problem' })).not.toEqual([])
})
