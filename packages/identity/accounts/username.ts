import { identityLimits } from '../identity-limits'

const { usernameMinChars, usernameMaxChars } = identityLimits

/** 3 to 32 of `a-z 0-9 . _ -`, starting with a letter or digit. Capitals are read as small letters. */
const usernamePattern = new RegExp(`^[a-z0-9][a-z0-9._-]{${usernameMinChars - 1},${usernameMaxChars - 1}}$`)

/** @returns the name that signs in, or undefined when `text` cannot be one */
export function parseUsername(text: string): string | undefined {
  // Not toLowerCase: that would turn the Kelvin sign into a k, and two texts into one name.
  const username = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return usernamePattern.test(username) ? username : undefined
}
