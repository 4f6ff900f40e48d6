import { isAscii, skeleton } from './skeleton'
import { lazily } from './lazily'

/** Names that nobody may take, because other players would take the bearer for somebody else. */
export interface ReservedNames {
  /** Whether a reader could take `name` for one of them: any case, any look-alikes, dots or spaces between. */
  refuses(name: string): boolean
}

const staff = [
  ...[
    'admin',
    'admins',
    'administrator',
    'administration',
    'sysadmin',
    'superadmin',
    'superuser',
    'root',
    'sudo',
  ],
  ...[
    'mod',
    'mods',
    'moderator',
    'moderators',
    'moderation',
    'staff',
    'official',
    'owner',
    'operator',
    'innkeeper',
  ],
  ...[
    'system',
    'server',
    'support',
    'helpdesk',
    'security',
    'webmaster',
    'postmaster',
    'deleted',
    'null',
    'undefined',
  ],
]
const gameMaster = ['gm', 'dm', 'gamemaster', 'dungeonmaster']

const leading = /^[^\p{L}]+/u
const trailing = /[^\p{L}]+$/u
const marks = /\p{M}+/gu
const betweenLetters = /[^\p{L}\p{N}]+/gu
const lettersForDigits = new Map(Object.entries({ '@': 'a', '4': 'a', '3': 'e', '5': 's', $: 's', '7': 't' }))
const digitForLetter = /[@$3457]/gu

/** The skeleton's letters alone: no marks, dots or spaces, and digits read as the letters they are written for. */
function toLetters(name: string): string {
  const shape = skeleton(name)
  const unmarked = isAscii(shape) ? shape : shape.normalize('NFD').replace(marks, '')
  return unmarked
    .replace(digitForLetter, (digit) => lettersForDigits.get(digit) ?? digit)
    .replace(betweenLetters, '')
}

/**
 * @param options.words     refused alone, after one another ("Server Admin") and with digits or signs around them
 * @param options.prefixes  refused wherever a name starts with them
 */
export function createReservedNames(options: {
  readonly words: readonly string[]
  readonly prefixes?: readonly string[]
}): ReservedNames {
  const loadPattern = lazily(() => {
    const words = options.words.map(toLetters).join('|')
    const prefixes = (options.prefixes ?? []).map((prefix) => `|${toLetters(prefix)}.*`).join('')
    return new RegExp(`^(?:(?:${words})+${prefixes})$`, 'u')
  })
  return {
    refuses(name) {
      const isReserved = (reading: string) => loadPattern().test(toLetters(reading))
      // Both readings, since a digit at the end may be a letter ("m0dera70r") or just a number ("admin1").
      const unnumbered = name.replace(trailing, '')
      const bare = unnumbered.replace(leading, '')
      return (
        isReserved(name) ||
        (unnumbered !== name && isReserved(unnumbered)) ||
        (bare !== unnumbered && isReserved(bare))
      )
    },
  }
}

/** For accounts: nobody registered may look like the staff, a game master or a guest. */
export const accountNames = createReservedNames({ words: [...staff, ...gameMaster], prefixes: ['guest'] })

/** For guests, who may well be called "Guest 12". */
export const guestNames = createReservedNames({ words: [...staff, ...gameMaster] })

/** For a seat at a table, where "GM" is simply who leads it; what a player may do comes from the role alone. */
export const seatNames = createReservedNames({ words: staff })
