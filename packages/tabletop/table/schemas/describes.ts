import type { z } from 'zod'

/**
 * Ties a schema for the documents to the type that it describes: neither may have a field that the other lacks, nor
 * another kind of value in it. The server never parses what it sends itself.
 *
 * @returns a function that takes the schema, and compiles only while the two say the same
 */
export function describes<Type>() {
  return <Schema extends z.ZodType<Type>>(
    schema: Schema & Agreement<z.output<Schema>, Type>,
  ): z.ZodType<Type> => schema
}

type Agreement<Described, Type> =
  IsSame<Plain<Described>, Plain<Type>> extends true ? unknown : { readonly theSchemaSays: Plain<Described> }

type IsSame<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false

/** A type with its intersections and interfaces written out, and nothing in it to be changed. */
type Plain<Type> = Type extends readonly (infer Entry)[]
  ? readonly Plain<Entry>[]
  : Type extends object
    ? { readonly [Key in keyof Type]: Plain<Type[Key]> }
    : Type
