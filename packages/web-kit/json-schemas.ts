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
  const converted = z.toJSONSchema(registry, {
    target,
    io: 'input',
    uri: (id) => place + id,
    override: ({ jsonSchema }) => {
      // Every whole number has these bounds, so they say nothing.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    },
  })
  return Object.fromEntries(
    Object.entries(converted.schemas).map(([id, { $id: _place, $schema: _dialect, ...schema }]) => [
      id,
      schema,
    ]),
  )
}
