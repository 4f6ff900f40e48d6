import { afterAll, beforeAll, expect, it, setDefaultTimeout } from 'bun:test'
import type { Vitals } from '@innkeeper/tabletop/table/creatures'
import { exampleIds } from '@innkeeper/tabletop/table/schemas/example-ids'
import {
  judgeBy,
  operationsOf,
  readDocument,
  toNode,
  type DocumentedOperation,
  type DocumentNode,
  type Judge,
} from '../support/api-documents'
import { anyIp, type Answer } from '../support/front-desk'
import { startTestServer, type TestServer } from '../support/start-server'

setDefaultTimeout(120_000)

let server: TestServer
let reader: DocumentReader

beforeAll(async () => {
  server = await startTestServer()
  reader = new DocumentReader(await readDocument(server, '/openapi.json'))
})
afterAll(() => server.stop())

/** What somebody holds who read the document: the document, and what the answers so far have told. */
class DocumentReader {
  readonly #operations: ReadonlyMap<string, DocumentedOperation>
  readonly #judge: Judge
  readonly #tried = new Set<string>()
  /** What stands in examples, and what it is at the table that is played. */
  readonly #real = new Map<string, string>()

  constructor(document: DocumentNode) {
    this.#operations = new Map(operationsOf(document).map((one) => [one.name, one]))
    this.#judge = judgeBy(document, 'draft-2020-12')
  }

  learn(known: Readonly<Record<string, unknown>>): void {
    for (const [example, real] of Object.entries(known)) this.#real.set(example, String(real))
  }

  untried(): readonly string[] {
    return [...this.#operations.keys()].filter((name) => !this.#tried.has(name))
  }

  /**
   * Sends the documented example of an operation, and holds the answer against the documented schema.
   *
   * @param given  what the path needs, and who asks
   */
  async try(name: string, { query = '', token, path = {}, header }: Given = {}): Promise<Answer> {
    const { method, path: template, operation } = this.#operation(name)
    const address = template.replaceAll(/\{(\w+)\}/g, (_whole, parameter: string) => path[parameter] ?? '')
    const body = mediaOf(operation['requestBody'])
    const answer = await server.call(method, address + query, {
      ip: anyIp(),
      ...(body && 'example' in body ? { body: this.#inThisTable(body['example']) } : {}),
      ...(token === undefined ? {} : { token }),
      ...(header === undefined ? {} : { headers: header }),
    })
    this.#tried.add(name)
    this.#check(name, answer)
    return answer
  }

  #operation(name: string): DocumentedOperation {
    const found = this.#operations.get(name)
    if (!found) throw new Error(`The document has no ${name}`)
    return found
  }

  #inThisTable(example: unknown): unknown {
    let text = JSON.stringify(example)
    for (const [told, real] of this.#real) text = text.replaceAll(told, real)
    return JSON.parse(text)
  }

  #check(name: string, { status, text, json, headers }: Answer): void {
    expect({ name, text: status < 300 ? '' : text }).toEqual({ name, text: '' })
    const answer = toNode(this.#operation(name).operation['responses'])[String(status)]
    expect({ name, status, isDocumented: answer !== undefined }).toEqual({ name, status, isDocumented: true })
    const media = mediaOf(answer)
    if (media === undefined) return expect({ name, text }).toEqual({ name, text: '' })
    const [type = ''] = Object.keys(toNode(toNode(answer)['content']))
    expect(headers.get('content-type')).toStartWith(type)
    const value = type === 'application/json' ? json : text
    expect({ name, faults: this.#judge.faults(media['schema'], value) }).toEqual({ name, faults: [] })
  }
}

interface Given {
  /** With its question mark. */
  readonly query?: string
  readonly token?: string
  readonly path?: Readonly<Record<string, string>>
  readonly header?: Readonly<Record<string, string>>
}

function mediaOf(part: unknown): DocumentNode | undefined {
  const [media] = Object.values(toNode(toNode(part ?? {})['content'] ?? {}))
  return media === undefined ? undefined : toNode(media)
}

it('the examples of the document, sent in order by somebody who has read nothing else, do what it says', async () => {
  const account = await playAccount()
  await playRooms(account)
  const table = await openTable(account)
  await playCharacters(table)
  await playFight(table)
  await playDice(table)
  await playSeats(table, account)
  await closeTable(table)
  await endAccount(account)
  expect(reader.untried()).toEqual([])
})

async function playAccount(): Promise<string> {
  for (const path of ['/healthz', '/readyz', '/metrics', '/.well-known/jwks.json'])
    await reader.try(`GET ${path}`)
  await reader.try('GET /.well-known/jwt-public-key.pem')
  await reader.try('GET /problems/{code}', { path: { code: 'room-full' } })
  await reader.try('POST /auth/register')
  const { json: other } = await reader.try('POST /auth/login')
  await reader.try('POST /auth/logout', { token: other.token })
  const { json: signedIn } = await reader.try('POST /auth/login')
  reader.learn({ '<refresh token>': signedIn.refreshToken })
  const { token } = (await reader.try('POST /auth/refresh')).json
  for (const name of ['GET /auth/account', 'PATCH /auth/account', 'GET /auth/export'])
    await reader.try(name, { token })
  const { json: list } = await reader.try('GET /auth/sign-ins', { token })
  const { id } = otherThanThis(list.signIns)
  await reader.try('DELETE /auth/sign-ins/{id}', { token, path: { id } })
  return token
}

async function playRooms(token: string): Promise<void> {
  const { roomId } = (await reader.try('POST /rooms', { token })).json
  const path = { roomId }
  await reader.try('GET /rooms')
  await reader.try('GET /rooms/{roomId}', { path })
  const { player } = (await reader.try('POST /getTicket/{roomId}', { path })).json
  reader.learn({ '8e0f1a2b-3c4d-4e5f-9607-18293a4b5c6d': player.uuid })
  for (const what of ['kick', 'ban', 'rotate-key'])
    await reader.try(`POST /rooms/{roomId}/${what}`, { token, path })
  await reader.try('DELETE /rooms/{roomId}', { token, path })
}

interface PlayedTable {
  readonly gm: string
  readonly player: string
  readonly playerUuid: string
}

async function openTable(account: string): Promise<PlayedTable> {
  const { json: opened } = await reader.try('POST /api/session')
  reader.learn({ 'QX7M-2KDP': opened.session.code, [exampleIds.gm]: opened.player.uuid })
  const { json: joined } = await reader.try('POST /api/session/join')
  reader.learn({ [exampleIds.player]: joined.player.uuid, 'ABCDE-FGHJK-MNPQR-STUVW': joined.recoveryKey })
  await reader.try('POST /api/session/watch')
  const { json: recovered } = await reader.try('POST /api/session/recover')
  reader.learn({ '<refresh token>': recovered.refreshToken })
  const { accessToken: player } = (await reader.try('POST /api/session/auth/refresh')).json
  const gm = opened.accessToken
  await reader.try('GET /api/session', { token: gm })
  await reader.try('PATCH /api/session', { token: gm })
  await reader.try('POST /api/session/link', { token: player, header: { tokenJwt: account } })
  await reader.try('GET /api/tables', { token: account })
  await reader.try('POST /api/tables/{id}/enter', { token: account, path: { id: opened.session.id } })
  await reader.try('GET /api/session/as/{uuid}', { token: gm, path: { uuid: joined.player.uuid } })
  return { gm, player, playerUuid: joined.player.uuid }
}

async function playCharacters({ gm, player: token }: PlayedTable): Promise<void> {
  const { id } = (await reader.try('POST /api/characters', { token: gm })).json.character
  reader.learn({ [exampleIds.hero]: id })
  const path = { id }
  await reader.try('POST /api/characters/{id}/give', { token: gm, path })
  await reader.try('GET /api/characters', { token })
  await reader.try('GET /api/characters/{id}', { token, path })
  await reader.try('PATCH /api/characters/{id}', { token, path })
  await reader.try('GET /api/characters/{id}/export', { token, path })
  for (const what of ['spend', 'regain', 'roll', 'rest'])
    await reader.try(`POST /api/characters/{id}/${what}`, { token, path })
  const { id: another } = (await reader.try('POST /api/characters/import', { token })).json.character
  await reader.try('DELETE /api/characters/{id}', { token, path: { id: another } })
}

interface FoughtRow {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly vitals: Pick<Vitals, 'concentrationChecks' | 'conditions'>
}

function rowOf(rows: readonly FoughtRow[], id: string): FoughtRow {
  const found = rows.find((row) => row.id === id)
  if (!found) throw new Error(`Nobody in the fight is ${id}`)
  return found
}

/** @returns a device or sign-in that is not the one that asks */
function otherThanThis(list: readonly { readonly id: string; readonly current: boolean }[]): {
  readonly id: string
} {
  const found = list.find(({ current }) => !current)
  if (!found) throw new Error('There is no other')
  return found
}

/** One evening: each command when the rules allow it. */
async function playFight({ gm: token }: PlayedTable): Promise<void> {
  const play = (what: string) => reader.try(`POST /api/combat/${what}`, { token })
  const { json: added } = await play('combatants')
  const rows: readonly FoughtRow[] = added.combat.combatants
  const monster = rows.find(({ name }) => /dragon/i.test(name))?.id ?? ''
  const hero = rows.find(({ kind }) => kind === 'character')?.id ?? ''
  reader.learn({ [exampleIds.monster]: monster })
  for (const what of ['start', 'initiative', 'move', 'concentrate', 'damage']) await play(what)
  const hurt = (await reader.try('GET /api/combat', { token })).json.combat.combatants
  const { vitals } = rowOf(hurt, hero)
  reader.learn({ [exampleIds.check]: vitals.concentrationChecks[0]?.id })
  for (const what of [
    'concentration-check',
    'stop-concentrating',
    'heal',
    'temporary-hp',
    'maximum',
    'set-hp',
  ])
    await play(what)
  const { vitals: frightened } = rowOf((await play('conditions')).json.combat.combatants, hero)
  const condition = frightened.conditions[0]?.id ?? ''
  await reader.try('DELETE /api/combat/conditions/{id}/{condition}', { token, path: { id: hero, condition } })
  for (const what of ['next', 'previous', 'end-turn', 'exhaustion', 'reaction', 'use', 'recharge', 'rest'])
    await play(what)
  for (const what of ['delay', 'return', 'ready', 'undo', 'redo']) await play(what)
  await reader.try('PATCH /api/combat/combatants/{id}', { token, path: { id: monster } })
  await server.call('POST', '/api/combat/set-hp', { token, body: { id: hero, now: 0 } })
  for (const what of ['death-save', 'stabilise', 'kill', 'revive']) await play(what)
  await reader.try('DELETE /api/combat/combatants/{id}', { token, path: { id: monster } })
  await play('end')
}

async function playDice({ gm, player: token }: PlayedTable): Promise<void> {
  await reader.try('POST /api/dice/roll', { token })
  await reader.try('GET /api/dice/history', { token })
  await reader.try('GET /api/dice/distribution', { token, query: '?expression=2d6' })
  await reader.try('POST /api/dice/reseed', { token: gm })
  await reader.try('GET /api/dice/fairness', { token })
  await reader.try('GET /api/session/log', { token })
  await reader.try('GET /api/session/log.md', { token })
  await reader.try('GET /api/monsters', { query: '?text=goblin' })
  await reader.try('GET /api/monsters/{id}', { path: { id: 'goblin' } })
}

async function playSeats({ gm, player, playerUuid }: PlayedTable, account: string): Promise<void> {
  const [asGm, path] = [{ token: gm }, { uuid: playerUuid }]
  const { json: devices } = await reader.try('GET /api/session/devices', { token: player })
  const { id: unused } = otherThanThis(devices.devices)
  await reader.try('DELETE /api/session/devices/{id}', { token: player, path: { id: unused } })
  const { code } = (await reader.try('POST /api/session/devices', { token: player })).json
  const known = (await server.call('GET', '/api/session', asGm)).json.session.code
  reader.learn({ 'QX7M-2KDP': code })
  await reader.try('POST /api/session/pair')
  reader.learn({ 'QX7M-2KDP': known })
  await reader.try('POST /api/session/recovery-key', { token: player })
  for (const answer of ['decline', 'approve']) await playClaim(gm, answer)
  const { accessToken } = (
    await server.call('POST', `/api/tables/${await tableIdOf(gm)}/enter`, { token: account })
  ).json
  await reader.try('PATCH /api/session/players/{uuid}', { ...asGm, path })
  await reader.try('POST /api/session/players/{uuid}/lend', { ...asGm, path })
  await reader.try('DELETE /api/session/players/{uuid}/lend', { ...asGm, path })
  await reader.try('POST /api/session/players/{uuid}/hand-over', { ...asGm, path })
  await server.call('POST', `/api/session/players/${await uuidOf(gm)}/hand-over`, { token: accessToken })
  await reader.try('POST /api/session/players/{uuid}/ban', { ...asGm, path })
  const [ban] = (await reader.try('GET /api/session/bans', asGm)).json.bans
  await reader.try('DELETE /api/session/bans/{id}', { ...asGm, path: { id: ban.id } })
  const { json: second } = await reader.try('POST /api/session/join')
  await reader.try('DELETE /api/session/players/{uuid}', { ...asGm, path: { uuid: second.player.uuid } })
  const { json: third } = await reader.try('POST /api/session/join')
  await reader.try('DELETE /api/session/players/me', { token: third.accessToken })
}

async function playClaim(gm: string, answer: string): Promise<void> {
  const { claimId: id, claimSecret } = (await reader.try('POST /api/session/claims')).json
  reader.learn({ '<claim secret>': claimSecret })
  const asClaimed = { path: { id } }
  const [open] = (await reader.try('GET /api/session/claims', { token: gm })).json.claims
  expect(open.id).toBe(id)
  expect((await reader.try('POST /api/session/claims/{id}', asClaimed)).status).toBe(202)
  await reader.try(`POST /api/session/claims/{id}/${answer}`, { token: gm, ...asClaimed })
  if (answer === 'approve')
    expect((await reader.try('POST /api/session/claims/{id}', asClaimed)).status).toBe(200)
}

const sessionOf = async (token: string) => (await server.call('GET', '/api/session', { token })).json
const tableIdOf = async (token: string) => String((await sessionOf(token)).session.id)
const uuidOf = async (token: string) => String((await sessionOf(token)).player.uuid)

async function closeTable({ gm: token }: PlayedTable): Promise<void> {
  await reader.try('POST /api/session/join-code', { token })
  await reader.try('GET /api/session/export', { token })
  await reader.try('POST /api/session/import')
  await reader.try('DELETE /api/session', { token })
}

async function endAccount(token: string): Promise<void> {
  await reader.try('POST /auth/logout-everywhere', { token })
  const { json: again } = await reader.try('POST /auth/login')
  await reader.try('POST /auth/password', { token: again.token })
  reader.learn({ 'correct horse battery staple': 'another horse, another staple' })
  await reader.try('DELETE /auth/account', { token: again.token })
}
