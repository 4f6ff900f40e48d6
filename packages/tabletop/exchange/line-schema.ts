import { z } from 'zod'
import { stepCodes, type Step } from '../rules/trace'
import { lineCodes, type Line, type Said } from '../table/log-lines'
import { describes } from '../table/schemas/describes'
import { playerId, someLine } from './entity-schemas'

const paramName = z.string().regex(/^[a-z][A-Za-z]{0,30}$/, 'Expected the name of a parameter')

const step = describes<Step>()(
  z.strictObject({
    step: z.enum(stepCodes),
    rule: z.string().regex(/^R-\d{1,3}$/, 'Expected a rule, as in R-13'),
    from: z.number(),
    to: z.number(),
    params: z.record(paramName, z.union([someLine, z.number()])).exactOptional(),
  }),
)

const said = describes<Said>()(
  z.strictObject({
    code: z.enum(lineCodes),
    params: z.record(
      paramName,
      z.union([someLine, z.number(), z.boolean(), z.null(), z.array(someLine).max(100)]),
    ),
    why: z.array(step).max(200).exactOptional(),
  }),
)

/** A line of the log as the GM sees it. */
export const lineSchema = describes<Line>()(
  z
    .strictObject({ owner: playerId.nullable(), full: said.nullable(), shown: said.nullable() })
    .refine(({ full, shown }) => full !== null || shown !== null, 'Expected something to read'),
)
