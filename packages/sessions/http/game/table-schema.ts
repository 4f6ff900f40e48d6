import { z } from '@hono/zod-openapi'
import { tableDocument } from '@innkeeper/tabletop/exchange/table-document'
import { tableSchemas } from '@innkeeper/tabletop/table/schemas/table-schemas'
import type { HttpApp } from '@innkeeper/web-kit/http-app'
import { schemaRef, toJsonSchemas } from '@innkeeper/web-kit/json-schemas'

type TableSchemas = typeof tableSchemas
type Shown<Name extends keyof TableSchemas> = z.output<TableSchemas[Name]>

/**
 * Something that a table shows, as a part of an answer: the document refers to its schema, and nothing checks it when it
 * is sent, as it comes from the table itself.
 */
export function tableSchema<Name extends keyof TableSchemas>(name: Name): z.ZodType<Shown<Name>> {
  return z.custom<Shown<Name>>().openapi({ type: 'object', ...schemaRef(name) })
}

/** The same where there may be none. */
export function nullable<Value>(schema: z.ZodType<Value>): z.ZodType<Value | null> {
  return z.union([schema, z.null()])
}

/** Puts the schemas that `tableSchema` refers to into the app's document. */
export function registerTableSchemas(app: HttpApp): void {
  const schemas = toJsonSchemas({ ...tableSchemas, TableDocument: tableDocument }, 'draft-2020-12')
  for (const [name, schema] of Object.entries(schemas))
    app.openAPIRegistry.registerComponent('schemas', name, schema)
}
