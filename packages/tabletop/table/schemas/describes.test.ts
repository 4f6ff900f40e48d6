import { expect, it } from 'bun:test'
import { z } from 'zod'
import { describes } from './describes'

interface Wizard {
  readonly name: string
  readonly spells: readonly string[]
  readonly familiar?: string
}
const name = z.string()
const spells = z.array(z.string())
const familiar = z.string().exactOptional()

it('a schema that says what its type says is handed back as it is', () => {
  const schema = z.object({ name, spells, familiar })
  expect<z.ZodType<Wizard>>(describes<Wizard>()(schema)).toBe(schema)
})

it('a schema that says anything else does not compile', () => {
  // @ts-expect-error a field is missing
  describes<Wizard>()(z.object({ name, familiar }))
  // @ts-expect-error a field that may be absent is missing
  describes<Wizard>()(z.object({ name, spells }))
  // @ts-expect-error there is no such field
  describes<Wizard>()(z.object({ name, spells, familiar, level: z.int() }))
  // @ts-expect-error it may not be absent
  describes<Wizard>()(z.object({ name: name.exactOptional(), spells, familiar }))
  // @ts-expect-error another kind of value, deep inside
  describes<Wizard>()(z.object({ name, spells: z.array(z.enum(['shield'])), familiar }))
  expect(() => familiar.parse(1)).toThrow()
})
