import { dictionary } from '@zxcvbn-ts/language-common'
import { AppError } from '@innkeeper/protocol/problems'
import { identityLimits } from '../identity-limits'

/** Why a password was refused; a client can show its own words for each. */
export type PasswordRefusal = 'too_short' | 'too_long' | 'malformed' | 'common' | 'own_name'

const productName = 'innkeeper'
// 49,000 passwords from leaks, most used first.
const common = new Set(dictionary['passwords-common'])

/** @returns why a text cannot be anyone's password, by its length and encoding alone */
export function refuseLength(password: string): 'too_short' | 'too_long' | 'malformed' | undefined {
  const { passwordMinChars, passwordMaxChars } = identityLimits
  if (password.length > passwordMaxChars * 2) return 'too_long'
  // A lone half of a character has no bytes of its own: two such passwords would be one.
  if (!password.isWellFormed()) return 'malformed'
  const characters = [...password].length
  if (characters > passwordMaxChars) return 'too_long'
  return characters < passwordMinChars ? 'too_short' : undefined
}

/**
 * Judges a new password as NIST SP 800-63B asks: its length, and whether it is one that everybody tries. There are no
 * rules about kinds of characters.
 *
 * @param names  the owner's username and nick
 * @throws AppError `password-refused` with `reason` (a PasswordRefusal)
 */
export function requireGoodPassword(password: string, names: readonly string[]): void {
  const refusal = refuseLength(password) ?? refuseGuessable(password, names)
  if (refusal !== undefined) throw new AppError('password-refused', sentences[refusal], { reason: refusal })
}

function refuseGuessable(password: string, names: readonly string[]): PasswordRefusal | undefined {
  const lower = password.toLowerCase()
  const isRepeated = new Set(lower).size <= 2
  if (common.has(lower) || isRepeated) return 'common'
  const bare = withoutDecoration(lower)
  return [...names, productName].some((name) => bare === withoutDecoration(name.toLowerCase()))
    ? 'own_name'
    : undefined
}

/** `Alice_1990!` is no better than `alice`: digits and signs at the ends, and between the letters, do not count. */
function withoutDecoration(text: string): string {
  const letters = text.replace(/[^\p{L}]+/gu, '')
  return letters === '' ? text : letters
}

const { passwordMinChars, passwordMaxChars } = identityLimits
const sentences: Readonly<Record<PasswordRefusal, string>> = {
  too_short: `At least ${passwordMinChars} characters`,
  too_long: `At most ${passwordMaxChars} characters`,
  malformed: 'The text is broken',
  common: 'Everybody tries this password first',
  own_name: 'A password must not be your own name',
}
