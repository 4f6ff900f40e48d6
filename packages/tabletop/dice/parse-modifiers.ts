import { assertNever } from '@innkeeper/protocol/tools'
import type { DiceCursor } from './dice-cursor'
import { DiceFault } from './dice-errors'
import type {
  DiceComparison,
  DiceExplosion,
  DicePool,
  DiceReroll,
  DiceSelection,
  DiceSuccess,
  DiceTerm,
} from './dice-expression'
import { facesOf } from './faces'

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] }

/** Dice whose modifiers are being read. */
export type TermDraft = Writable<DiceTerm>
type Keeping = { keep?: DiceSelection; success?: DiceSuccess }

// Longest first: `dis` must not be read as `d`, nor `max` as `ma`.
const keepWords = ['kh', 'kl', 'вл', 'вх', 'dl', 'dh', 'k', 'd'] as const
const faceWords = ['adv', 'dis', 'min', 'max', 'mi', 'ma', 'rr', 'ro', 'r', 'x'] as const
const comparisonSigns = ['<=', '>=', '<', '>', '='] as const

/** Reads every modifier after `4d6`, in whatever order they stand. */
export function parseTermModifiers(cursor: DiceCursor, draft: TermDraft): void {
  for (;;) {
    const at = cursor.position()
    if (cursor.accept('!')) {
      setExplosion(cursor, draft, { at, mode: explosionMode(cursor) })
      continue
    }
    const word = faceWords.find((candidate) => cursor.accept(candidate))
    if (word !== undefined) applyFaceWord(cursor, draft, { at, word })
    else if (!parseKeeping(cursor, draft)) return
  }
}

/** Reads every modifier after `{a, b}`: what is kept or dropped, and what counts as a success. */
export function parsePoolModifiers(cursor: DiceCursor, draft: Writable<DicePool>): void {
  while (parseKeeping(cursor, draft)) continue
}

function applyFaceWord(
  cursor: DiceCursor,
  draft: TermDraft,
  { at, word }: { readonly at: number; readonly word: (typeof faceWords)[number] },
): void {
  switch (word) {
    case 'adv':
      return setAdvantage(draft, 'high', at)
    case 'dis':
      return setAdvantage(draft, 'low', at)
    case 'min':
    case 'mi':
      refuseIf(draft.min !== undefined, at)
      draft.min = readFace(cursor)
      return refuseIf(draft.max !== undefined && draft.min > draft.max, at)
    case 'max':
    case 'ma':
      refuseIf(draft.max !== undefined, at)
      draft.max = readFace(cursor)
      return refuseIf(draft.min !== undefined && draft.min > draft.max, at)
    case 'ro':
      return addReroll(cursor, draft, { at, mode: 'once' })
    case 'rr':
    case 'r':
      return addReroll(cursor, draft, { at, mode: 'until' })
    case 'x':
      return setExplosion(cursor, draft, { at, mode: 'add' })
    default:
      return assertNever(word)
  }
}

function setAdvantage(draft: TermDraft, end: 'high' | 'low', at: number): void {
  refuseIf(draft.keep !== undefined, at)
  if (draft.count !== 1 || draft.sides !== 20) throw new DiceFault('NEEDS_ONE_D20', at)
  draft.count = 2
  draft.keep = { kind: 'keep', end, count: 1 }
}

function addReroll(
  cursor: DiceCursor,
  draft: TermDraft,
  { at, mode }: { readonly at: number; readonly mode: DiceReroll['mode'] },
): void {
  refuseIf(draft.reroll !== undefined && draft.reroll.mode !== mode, at)
  const lowest: DiceComparison = { sign: '=', value: facesOf(draft.sides).from }
  const on = parseComparison(cursor) ?? lowest
  draft.reroll = { mode, on: [...(draft.reroll?.on ?? []), on] }
}

function explosionMode(cursor: DiceCursor): DiceExplosion['mode'] {
  if (cursor.accept('!')) return 'compound'
  return cursor.accept('p') ? 'penetrate' : 'add'
}

function setExplosion(
  cursor: DiceCursor,
  draft: TermDraft,
  { at, mode }: { readonly at: number; readonly mode: DiceExplosion['mode'] },
): void {
  refuseIf(draft.explode !== undefined, at)
  const highest: DiceComparison = { sign: '=', value: facesOf(draft.sides).to }
  draft.explode = { mode, on: parseComparison(cursor) ?? highest }
}

function parseKeeping(cursor: DiceCursor, draft: Keeping): boolean {
  const at = cursor.position()
  const word = keepWords.find((candidate) => cursor.accept(candidate))
  if (word !== undefined) {
    draft.keep = joinSelection(draft.keep, toSelection(word, readCount(cursor)), at)
    return true
  }
  if (!comparisonSigns.some((sign) => cursor.peek() === sign[0])) return false
  refuseIf(draft.success !== undefined, at)
  draft.success = parseSuccess(cursor)
  return true
}

function parseSuccess(cursor: DiceCursor): DiceSuccess {
  const on = parseComparison(cursor)
  if (!on) throw cursor.unexpected()
  if (!cursor.accept('f')) return { on }
  const failure = parseComparison(cursor)
  if (!failure) throw cursor.unexpected()
  return { on, failure }
}

function toSelection(word: (typeof keepWords)[number], count: number): DiceSelection {
  switch (word) {
    case 'k':
    case 'kh':
    case 'вл':
      return { kind: 'keep', end: 'high', count }
    case 'kl':
    case 'вх':
      return { kind: 'keep', end: 'low', count }
    case 'd':
    case 'dl':
      return { kind: 'drop', low: count, high: 0 }
    case 'dh':
      return { kind: 'drop', low: 0, high: count }
    default:
      return assertNever(word)
  }
}

function joinSelection(before: DiceSelection | undefined, next: DiceSelection, at: number): DiceSelection {
  if (!before) return next
  if (before.kind !== 'drop' || next.kind !== 'drop') throw new DiceFault('MODIFIER_CONFLICT', at)
  refuseIf((before.low > 0 && next.low > 0) || (before.high > 0 && next.high > 0), at)
  return { kind: 'drop', low: before.low + next.low, high: before.high + next.high }
}

function readCount(cursor: DiceCursor): number {
  if (!cursor.seesDigit()) return 1
  const { at, value } = readWhole(cursor)
  if (value < 1) throw new DiceFault('BAD_COUNT', at)
  return value
}

// A die never counts more than the largest face could, so that a result stays small.
function readFace(cursor: DiceCursor): number {
  const { at, value } = readWhole(cursor)
  if (value > cursor.limits.sides) throw new DiceFault('NUMBER_TOO_BIG', at)
  return value
}

// A bare number means "equal", as in `!6` and `rr1`. Only after a sign may it be negative: `1d6!-1` is a subtraction.
function parseComparison(cursor: DiceCursor): DiceComparison | undefined {
  if (cursor.seesDigit()) return { sign: '=', value: readWhole(cursor).value }
  const sign = comparisonSigns.find((candidate) => cursor.accept(candidate))
  if (sign === undefined) return undefined
  const isNegative = cursor.accept('-')
  const { value } = readWhole(cursor)
  return { sign, value: isNegative && value !== 0 ? -value : value }
}

function readWhole(cursor: DiceCursor): { readonly at: number; readonly value: number } {
  const { at, value, decimals } = cursor.readNumber()
  if (decimals > 0) throw new DiceFault('NOT_INTEGER', at)
  if (value > cursor.limits.magnitude) throw new DiceFault('NUMBER_TOO_BIG', at)
  return { at, value }
}

function refuseIf(isConflict: boolean, at: number): void {
  if (isConflict) throw new DiceFault('MODIFIER_CONFLICT', at)
}
