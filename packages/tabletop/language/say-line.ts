import type { LineParam } from '../table/log-lines'
import type { Catalogue } from './catalogue'
import { catalogueOf } from './catalogue-of'
import type { Language } from './languages'
import { parseLineParams, type SayableCode } from './line-params'

/** A line of the log as far as its sentence goes: `Said`, or `player.joined`. */
export interface LineToSay {
  readonly code: SayableCode
  readonly params: Readonly<Record<string, LineParam>>
}

/** @returns one sentence without a full stop, as plain text: whoever shows it escapes it */
export function sayLine({ code, params }: LineToSay, language: Language): string {
  return sayAs(catalogueOf(language), code, params)
}

function sayAs<Code extends SayableCode>(
  { lines }: Catalogue,
  code: Code,
  params: Readonly<Record<string, LineParam>>,
): string {
  return lines[code](parseLineParams(code, params))
}
