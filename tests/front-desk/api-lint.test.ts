import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it, setDefaultTimeout } from 'bun:test'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import { problems } from '@innkeeper/protocol/problems'
import { allCommands, openCommands } from '@innkeeper/tabletop/table/commands/all-commands'
import { tableEventNames } from '@innkeeper/tabletop/table/table-events'
import {
  dereferenced,
  judgeBy,
  nodesOf,
  operationsOf,
  readDocument,
  resolveIn,
  toNode,
  toNodes,
  type DocumentNode,
} from '../support/api-documents'
import { startTestServer, type TestServer } from '../support/start-server'

setDefaultTimeout(120_000)

let server: TestServer
let openApi: DocumentNode
let asyncApi: DocumentNode

beforeAll(async () => {
  server = await startTestServer()
  openApi = await readDocument(server, '/openapi.json')
  asyncApi = await readDocument(server, '/asyncapi.json')
})
afterAll(() => server.stop())

/** Rules of the linter that are left out or made stricter, and why. */
const rules = {
  // `/api/characters/import` and `/api/characters/{id}`, `/api/session/players/me` and `…/{uuid}`: no id is called
  // `import` or `me`, and the fixed address is matched first.
  'no-ambiguous-paths': 'off',
  'operation-description': 'off',
  'operation-tag-defined': 'error',
  'operation-operationId': 'error',
  'no-invalid-schema-examples': 'error',
  'no-invalid-media-type-examples': 'error',
  'no-unused-components': 'error',
  'no-duplicated-tag-names': 'error',
} as const

/** Anyone may know the keys, the rooms, the monsters and how the server is; a door is for those who have no key yet. */
const withoutToken = [
  'GET /.well-known/jwks.json',
  'GET /.well-known/jwt-public-key.pem',
  'GET /api/monsters',
  'GET /api/monsters/{id}',
  'GET /healthz',
  'GET /metrics',
  'GET /problems/{code}',
  'GET /readyz',
  'GET /rooms',
  'GET /rooms/{roomId}',
  'POST /api/session',
  'POST /api/session/auth/refresh',
  'POST /api/session/claims',
  'POST /api/session/claims/{id}',
  'POST /api/session/import',
  'POST /api/session/join',
  'POST /api/session/pair',
  'POST /api/session/recover',
  'POST /api/session/watch',
  'POST /auth/login',
  'POST /auth/refresh',
  'POST /auth/register',
]

describe('/openapi.json', () => {
  it('has nothing that a linter finds fault with', async () => {
    const config = await createConfig({ extends: ['recommended'], rules })
    const source = JSON.stringify(openApi)
    const found = await lintFromString({ source, absoluteRef: 'openapi.json', config })
    const told = found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)
    expect([...new Set(told)]).toEqual([])
  })

  it('has at every operation an id of its own, a summary, and a tag that is described', () => {
    const operations = operationsOf(openApi)
    const ids = operations.map(({ operation }) => operation['operationId'])
    expect(new Set(ids).size).toBe(operations.length)
    const tags = new Set(toNodes(openApi['tags']).map(({ name }) => name))
    for (const { name, operation } of operations) {
      expect({ name, summary: operation['summary'] }).toEqual({ name, summary: expect.stringMatching(/\S/) })
      expect({ name, tags: operation['tags'] }).toEqual({ name, tags: [expect.any(String)] })
      expect(tags).toContain(Array.isArray(operation['tags']) ? operation['tags'][0] : '')
    }
  })

  it('says of every operation whether it needs a token, and means it', async () => {
    const open = operationsOf(openApi).filter(({ operation }) => toNodes(operation['security']).length === 0)
    expect(open.map(({ name }) => name).sort()).toEqual(withoutToken)
    for (const { name, path, method, operation } of operationsOf(openApi)) {
      const requirements = toNodes(operation['security'])
      if (requirements.length === 0 || requirements.some((one) => Object.keys(one).length === 0)) continue
      const body = toNode(
        toNode(toNode(operation['requestBody'] ?? {})['content'] ?? {})['application/json'] ?? {},
      )
      const asked = 'example' in body ? { body: body['example'] } : {}
      const answer = await server.call(method, path.replaceAll(/\{\w+\}/g, 'x'), asked)
      expect({ name, status: answer.status }).toEqual({ name, status: 401 })
      expect({ name, told: '401' in toNode(operation['responses']) }).toEqual({ name, told: true })
    }
  })

  it('names no problem that there is not, and none under another status', () => {
    for (const { name, operation } of operationsOf(openApi)) {
      const failures = Object.entries(toNode(operation['responses'])).filter(([status]) =>
        /^[45]/.test(status),
      )
      expect({ name, failures: failures.length }).not.toEqual({ name, failures: 0 })
      for (const [status, answer] of failures) {
        const { description, content } = toNode(answer)
        if (!('application/problem+json' in toNode(content))) continue
        const codes = [...String(description).matchAll(/`([a-z-]+)`:/g)].map(([, code]) => code ?? '')
        expect({ name, status, codes: codes.length }).not.toEqual({ name, status, codes: 0 })
        for (const code of codes) {
          const problem = Object.entries(problems).find(([known]) => known === code)?.[1]
          expect({ name, code, status: Number(problem?.status) }).toEqual({
            name,
            code,
            status: Number(status),
          })
        }
      }
    }
  })

  it('leaves no answer undescribed: nowhere is anything allowed', () => {
    for (const { name, operation } of operationsOf(openApi)) {
      for (const answer of Object.values(toNode(operation['responses'])))
        for (const media of Object.values(toNode(toNode(answer)['content'] ?? {})))
          expect({ name, schema: toNode(media)['schema'] }).not.toEqual({ name, schema: {} })
    }
  })

  it('has an example at every body and at the main answer, and each fits its schema', () => {
    const judge = judgeBy(openApi, 'draft-2020-12')
    for (const { name, operation } of operationsOf(openApi)) {
      const bodies = Object.values(toNode(toNode(operation['requestBody'] ?? {})['content'] ?? {}))
      const answers = Object.entries(toNode(operation['responses']))
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, answer]) => Object.values(toNode(toNode(answer)['content'] ?? {})))
      for (const media of [...bodies, ...answers]) {
        const { schema, example, examples } = toNode(media)
        const named = Object.values(toNode(examples ?? {})).map((one) => dereferenced(openApi, one)['value'])
        const shown = example === undefined ? named : [example]
        expect({ name, shown: shown.length }).toEqual({ name, shown: 1 })
        expect({ name, faults: judge.faults(schema, shown[0]) }).toEqual({ name, faults: [] })
      }
    }
  })
})

describe('/asyncapi.json', () => {
  it('is what the official schema of AsyncAPI 3 says', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true })
    addFormats(ajv)
    const validate = ajv.compile(asyncApiSchema)
    expect(validate(asyncApi) ? [] : validate.errors).toEqual([])
  })

  it('has no reference that leads nowhere, and no part that nobody refers to', () => {
    const references = nodesOf(asyncApi).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
    for (const reference of new Set(references))
      expect({ reference, found: resolveIn(asyncApi, reference) }).toEqual({
        reference,
        found: expect.anything(),
      })
    const used = new Set(references)
    const components = toNode(asyncApi['components'])
    for (const kind of ['messages', 'securitySchemes'])
      for (const name of Object.keys(toNode(components[kind])))
        expect(used).toContain(`#/components/${kind}/${name}`)
  })

  it('has every close code, and says which of them invite to come back', () => {
    const told = toNodes(asyncApi['x-close-codes'])
    expect(told.map(({ code }) => code)).toEqual(Object.values(closeCodes))
    for (const { code, mayComeBack } of told)
      expect({ code, mayComeBack }).toEqual({ code, mayComeBack: Number(code) >= 4500 })
    const description = String(toNode(asyncApi['info'])['description'])
    for (const code of Object.values(closeCodes)) expect(description).toContain(`| ${code} |`)
    expect(description).toContain('retryAfterMs')
  })

  it('has every command of a table but those of the server itself, and every event', () => {
    const messages = Object.keys(toNode(toNode(asyncApi['components'])['messages']))
    const named = (start: string) =>
      messages.filter((id) => id.startsWith(start)).map((id) => id.slice(start.length))
    expect(named('tabletop.command.')).toEqual(openCommands.map(({ name }) => name))
    expect(named('tabletop.event.').sort()).toEqual([...tableEventNames].sort())
    expect(named('relay.')).toEqual(['welcome', 'command.relay', 'event.relayed'])
    const own = allCommands.filter((command) => !openCommands.includes(command))
    expect(own.length).toBeGreaterThan(5)
    for (const { name } of own) expect(JSON.stringify(asyncApi)).not.toContain(`"${name}"`)
  })

  it('has at every operation a summary, a tag, and how it is opened', () => {
    for (const [name, operation] of Object.entries(toNode(asyncApi['operations']))) {
      const { summary, tags, security, messages } = toNode(operation)
      expect({ name, summary }).toEqual({ name, summary: expect.stringMatching(/\S/) })
      for (const list of [tags, security, messages]) expect(toNodes(list)).not.toBeEmpty()
    }
  })

  it('shows at every message an example that fits it, and no other message of its kind', () => {
    const judge = judgeBy(asyncApi, 'draft-7')
    for (const [name, message] of Object.entries(toNode(toNode(asyncApi['components'])['messages']))) {
      const { payload, examples, summary } = toNode(message)
      expect({ name, summary }).toEqual({ name, summary: expect.stringMatching(/\S/) })
      const [example] = toNodes(examples)
      expect({ name, faults: judge.faults(payload, example?.['payload']) }).toEqual({ name, faults: [] })
      expect({ name, faults: judge.faults(payload, { type: 'nothing' }) }).not.toEqual({ name, faults: [] })
    }
  })
})
