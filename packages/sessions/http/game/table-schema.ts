import { z } from '@hono/zod-openapi'
import { fairnessDocument } from '@innkeeper/tabletop/dice/fairness-document'
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
  return namedSchema<Shown<Name>>(name)
}

/** The same for something that `registerTableSchemas` or `tableBody` puts into the document by this name. */
export function namedSchema<Value>(name: string): z.ZodType<Value> {
  return z.custom<Value>().openapi({ type: 'object', ...schemaRef(name) })
}

/** The same where there may be none. */
export function nullable<Value>(schema: z.ZodType<Value>): z.ZodType<Value | null> {
  return z.union([schema, z.null()])
}

/**
 * A body that is checked by a schema of the table's, and documented under a name. The table's schemas say what may be
 * left out in a way that the document's own machinery does not understand.
 */
export function tableBody<Schema extends z.ZodType>(app: HttpApp, name: string, schema: Schema) {
  registerSchemas(app, { [name]: schema })
  return z
    .unknown()
    .pipe(schema)
    .openapi({ type: 'object', ...schemaRef(name) })
}

/** Puts the schemas that `tableSchema` refers to into the app's document. */
export function registerTableSchemas(app: HttpApp): void {
  registerSchemas(app, { ...tableSchemas, Fairness: fairnessDocument })
}

function registerSchemas(app: HttpApp, schemas: Readonly<Record<string, z.ZodType>>): void {
  for (const [name, schema] of Object.entries(toJsonSchemas(schemas, 'draft-2020-12')))
    app.openAPIRegistry.registerComponent('schemas', name, schema)
}
