import { DiceFault } from './dice-errors'
import type { DiceLimits } from './dice-limits'

const glyphs = new Map(
  Object.entries({
    к: 'd',
    К: 'd',
    д: 'd',
    Д: 'd',
    '−': '-',
    '–': '-',
    '×': '*',
    '·': '*',
    '÷': '/',
    ':': '/',
  }),
)
const nameCharacter = /[\p{L}_@]/u
// Bidirectional overrides let a label rewrite the line it is shown in; line separators and halves of surrogate pairs
// break it.
const unfitForLabel = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u

/** @returns whether a text can be shown as it is, on one line: no control, override or broken characters */
export function isPlainText(text: string): boolean {
  return !unfitForLabel.test(text)
}

/** A number as it was written. */
export interface WrittenNumber {
  readonly at: number
  readonly value: number
  readonly decimals: number
}

/**
 * Reads an expression from left to right, seeing synonyms and foreign glyphs as their canonical character. Texts of
 * any length are fine: reaching past the limit is the fault `TOO_LONG`, so an earlier mistake is reported first.
 */
export class DiceCursor {
  private index = 0

  constructor(
    private readonly text: string,
    readonly limits: DiceLimits,
  ) {}

  /** The next character that is not a space, canonical and in lower case; '' at the end. */
  peek(): string {
    this.skipSpaces()
    return this.characterAt(this.index)
  }

  /** Where `peek` looks. */
  position(): number {
    this.skipSpaces()
    return this.index
  }

  /** Takes `token` if it comes next, whatever is around it. Spaces may stand before it, not inside. */
  accept(token: string): boolean {
    this.skipSpaces()
    for (let offset = 0; offset < token.length; offset += 1) {
      if (this.characterAt(this.index + offset) !== token[offset]) return false
    }
    this.index += token.length
    return true
  }

  /** @throws DiceFault when `token` does not come next */
  expect(token: string): void {
    if (!this.accept(token)) throw this.unexpected()
  }

  /** @returns the fault that fits whatever comes next */
  unexpected(): DiceFault {
    const next = this.peek()
    if (next === '') return new DiceFault('UNEXPECTED_END', this.index)
    if (next === '[') return new DiceFault('LABEL_MISPLACED', this.index)
    return new DiceFault(this.seesName() ? 'UNKNOWN_NAME' : 'UNEXPECTED_CHAR', this.index)
  }

  /** @returns whether a digit comes next */
  seesDigit(): boolean {
    return isDigit(this.peek())
  }

  /** @returns whether a letter, or what begins a name elsewhere (`_`, `@`), comes next */
  seesName(): boolean {
    return nameCharacter.test(this.peek())
  }

  /** Takes a run of letters. `''` when none comes next. */
  readName(): string {
    this.skipSpaces()
    const start = this.index
    while (nameCharacter.test(this.characterAt(this.index))) this.index += 1
    return this.text.slice(start, this.index).toLowerCase()
  }

  /**
   * Takes a number. How large it may be is for the caller to say: the same digits can be a count, sides or a value.
   *
   * @throws DiceFault `UNEXPECTED_CHAR` | `NOT_INTEGER` (scientific notation) | `TOO_PRECISE`
   */
  readNumber(): WrittenNumber {
    if (!this.seesDigit()) throw this.noNumber()
    const at = this.index
    this.skipDigits()
    let decimals = 0
    if (this.characterAt(this.index) === '.') {
      this.index += 1
      const fraction = this.index
      this.skipDigits()
      decimals = this.index - fraction
      if (decimals === 0) throw this.noNumber()
    }
    this.refuseScientific(at)
    if (decimals > this.limits.decimals) throw new DiceFault('TOO_PRECISE', at)
    return { at, value: Number(this.text.slice(at, this.index)), decimals }
  }

  /** Takes `6x` at the beginning; leaves everything in place when there is no such thing. */
  tryRepeat(): WrittenNumber | undefined {
    const start = this.index
    if (!this.seesDigit()) return undefined
    const count = this.readNumber()
    if (this.accept('x')) return count
    this.index = start
    return undefined
  }

  /** Takes everything up to `end`, or up to the end of the text when `end` is ''; without the spaces around it. */
  readLabel(end: ']' | ''): string {
    const start = this.index
    while (this.characterAt(this.index) !== end) {
      if (this.index >= this.text.length) throw new DiceFault('UNEXPECTED_END', this.index)
      this.index += 1
    }
    const label = this.text.slice(start, this.index)
    this.index += end.length
    if (!isPlainText(label)) throw new DiceFault('BAD_LABEL', start)
    return label.trim()
  }

  private noNumber(): DiceFault {
    return new DiceFault(this.peek() === '' ? 'UNEXPECTED_END' : 'UNEXPECTED_CHAR', this.index)
  }

  private refuseScientific(at: number): void {
    if (this.characterAt(this.index) !== 'e') return
    const next = this.characterAt(this.index + 1)
    const digits = next === '+' || next === '-' ? this.characterAt(this.index + 2) : next
    if (isDigit(digits)) throw new DiceFault('NOT_INTEGER', at)
  }

  private skipDigits(): void {
    while (isDigit(this.characterAt(this.index))) this.index += 1
  }

  private skipSpaces(): void {
    for (;;) {
      const next = this.characterAt(this.index)
      if (next !== ' ' && next !== '\u00A0') return
      this.index += 1
    }
  }

  private characterAt(index: number): string {
    const character = this.text[index]
    if (character === undefined) return ''
    if (index >= this.limits.characters) throw new DiceFault('TOO_LONG', this.limits.characters)
    return glyphs.get(character) ?? character.toLowerCase()
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}
