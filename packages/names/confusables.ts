import { encodedConfusables } from './confusables.generated'
import { lazily } from './lazily'

/** What a character becomes in a skeleton, by character, where that is not simply its lower case. */
export const loadConfusables: () => ReadonlyMap<string, string> = lazily(() => decode(encodedConfusables))

function decode(encoded: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  for (const group of encoded.split(';')) {
    const [target = '', sources = ''] = group.split('=')
    const written = String.fromCodePoint(...target.split('+').map(fromBase36))
    let code = 0
    for (const distance of sources.split(' ')) {
      code += fromBase36(distance)
      entries.set(String.fromCodePoint(code), written)
    }
  }
  return entries
}

const fromBase36 = (digits: string) => Number.parseInt(digits, 36)
