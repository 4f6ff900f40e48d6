import Ajv, { type ValidateFunction } from 'ajv'
import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import type { FrontDesk } from './front-desk'

/** Any object of a document. */
export type DocumentNode = Readonly<Record<string, unknown>>

/** An operation of an OpenAPI document. */
export interface DocumentedOperation {
  /** As in `POST /rooms`. */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly operation: DocumentNode
}

/** @returns a document that the server publishes, as in `/openapi.json` */
export async function readDocument(server: FrontDesk, path: string): Promise<DocumentNode> {
  return toNode((await server.call('GET', path)).json)
}

export function operationsOf(document: DocumentNode): readonly DocumentedOperation[] {
  return Object.entries(toNode(document['paths'])).flatMap(([path, item]) =>
    Object.entries(toNode(item)).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      ...{ path, method: method.toUpperCase(), operation: toNode(operation) },
    })),
  )
}

/** Every object in a document, the document itself among them. */
export function nodesOf(value: unknown): readonly DocumentNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (typeof value !== 'object' || value === null) return []
  return [toNode(value), ...Object.values(value).flatMap(nodesOf)]
}

/** @returns what a reference leads to; undefined: nowhere */
export function resolveIn(document: DocumentNode, reference: string): unknown {
  const [start, ...steps] = reference.split('/')
  if (start !== '#') return undefined
  return steps
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, step) => toNode(node ?? {})[step], document)
}

/** @returns the node itself, or what it refers to */
export function dereferenced(document: DocumentNode, value: unknown): DocumentNode {
  const node = toNode(value ?? {})
  return typeof node['$ref'] === 'string' ? toNode(resolveIn(document, node['$ref'])) : node
}

/** Judges values by the schemas of a document. */
export interface Judge {
  /** @returns what is wrong with the value, in words; empty: nothing */
  faults(schema: unknown, value: unknown): readonly string[]
}

/**
 * Whoever reads an answer must bear fields that they do not know, so the schemas of answers allow them. To find out that
 * a document is complete they are read as if they did not.
 */
export function judgeBy(document: DocumentNode, dialect: 'draft-7' | 'draft-2020-12'): Judge {
  const ajv = dialect === 'draft-7' ? new Ajv(options) : new Ajv2020(options)
  addFormats(ajv)
  const schemas = closed(document, toNode(document['components'])['schemas'])
  ajv.addSchema({ $id: 'document', components: { schemas } })
  const compiled = new Map<string, ValidateFunction>()
  return {
    faults(schema, value) {
      const text = JSON.stringify(closed(document, schema)).replaceAll(
        '"#/components/',
        '"document#/components/',
      )
      const validate = compiled.get(text) ?? ajv.compile(toNode(JSON.parse(text)))
      compiled.set(text, validate)
      if (validate(value)) return []
      return (validate.errors ?? []).map(
        ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      )
    },
  }
}

const options = { strict: false, allErrors: false } as const

/** The same schema with every object limited to the fields that it names, in all of its parts together. */
function closed(document: DocumentNode, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((one) => closed(document, one))
  if (typeof schema !== 'object' || schema === null) return schema
  const { allOf, ...own } = toNode(schema)
  const parts = toNodes(allOf)
  if (parts.length === 1) return closed(document, parts[0])
  if (parts.length > 1)
    return closed(document, together([own, ...parts.map((one) => dereferenced(document, one))]))
  const node = mapped(own, (inner) => closed(document, inner))
  const isOpen = 'properties' in node && !('additionalProperties' in node)
  return isOpen && Object.keys(toNode(node['properties'])).length > 0
    ? { ...node, additionalProperties: false }
    : node
}

function together(parts: readonly DocumentNode[]): DocumentNode {
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})),
    required: parts.flatMap(({ required }) => (Array.isArray(required) ? required : [])),
  }
}

function mapped(node: DocumentNode, change: (inner: unknown) => unknown): DocumentNode {
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, change(inner)]))
}

export function toNode(value: unknown): DocumentNode {
  return z.record(z.string(), z.unknown()).parse(value)
}

export function toNodes(value: unknown): readonly DocumentNode[] {
  return value === undefined ? [] : z.array(z.record(z.string(), z.unknown())).parse(value)
}
