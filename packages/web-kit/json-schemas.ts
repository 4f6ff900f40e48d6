import { z } from 'zod'

/** Where both documents keep their schemas. */
const place = '#/components/schemas/'

/** @returns the reference to a schema of a document, by its name */
export function schemaRef(name: string): { readonly $ref: string } {
  return { $ref: `${place}${name}` }
}

/**
 * Schemas as JSON Schema, as those who send must write what they describe.
 *
 * @param schemas  by the names that a document calls them; one that stands within another is referred to
 * @param target  OpenAPI 3.1 speaks draft-2020-12, AsyncAPI 3 draft-7
 */
export function toJsonSchemas(
  schemas: Readonly<Record<string, z.ZodType>>,
  target: 'draft-7' | 'draft-2020-12',
): Readonly<Record<string, object>> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const converted = z.toJSONSchema(registry, { target, io: 'input', uri: (id) => place + id })
  return Object.fromEntries(
    Object.entries(converted.schemas).map(([id, { $id: _place, $schema: _dialect, ...schema }]) => [
      id,
      mapNodes(schema, readable),
    ]),
  )
}

type Node = Readonly<Record<string, unknown>>

/** A schema as a person would have written it. */
function readable({ minimum, maximum, format, ...node }: Node): Node {
  return withFields({
    ...node,
    // The pattern beside it says the same, and no reader knows these names.
    ...(format === undefined || format === 'starts_with' ? {} : { format }),
    // Every whole number has these bounds, so they say nothing.
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  })
}

/** A record that has all of certain keys is an object with these fields. */
function withFields(node: Node): Node {
  const { propertyNames: _keys, additionalProperties, ...rest } = node
  const { required } = node
  if (!Array.isArray(required) || 'properties' in node || typeof additionalProperties !== 'object')
    return node
  return {
    ...rest,
    properties: Object.fromEntries(required.map((key: string) => [key, additionalProperties])),
  }
}

function mapNodes(value: object, change: (node: Node) => Node): object {
  const mapped = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(mapped)
    if (typeof part !== 'object' || part === null) return part
    return change(Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, mapped(inner)])))
  }
  return change(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner)])))
}
