import { clampFace } from './dice-bounds'
import type { DiceSuccess, DiceTerm } from './dice-expression'
import type { RolledDie, TermOutcome } from './dice-result'
import { droppedBy } from './dice-selection'
import { holds } from './faces'

interface DieDraft {
  readonly face: number
  value: number
  exploded?: true
  fate?: 'dropped' | 'rerolled' | 'joined'
  score?: 1 | -1
}

interface Table {
  readonly term: DiceTerm
  readonly draw: () => number
  /** All faces, as they lie. */
  readonly faces: DieDraft[]
  /** Those that count by themselves. */
  readonly standing: DieDraft[]
}

/**
 * Rolls one term: first all its dice, then their rerolls and explosions, die by die. That order is a promise: it is
 * what makes a roll repeatable from a list of faces.
 *
 * @param draw  a face of this term's die
 */
export function rollTerm(term: DiceTerm, draw: () => number): TermOutcome {
  const initial = Array.from({ length: term.count }, draw)
  const table: Table = { term, draw, faces: [], standing: [] }
  for (const face of initial) settle(table, face)
  const { keep, success } = term
  if (keep) {
    for (const index of droppedBy(keep, table.standing, (a, b) => a.value - b.value))
      markDropped(table.standing[index])
  }
  if (success) markScores(table.standing, success)
  return { total: totalOf(table), dice: table.faces.map(toDie) }
}

/** @returns 1 for a success, -1 for a failure, 0 for neither; what is both is a success */
export function scoreOf(
  success: DiceSuccess,
  matches: (comparison: DiceSuccess['on']) => boolean,
): 1 | 0 | -1 {
  if (matches(success.on)) return 1
  return success.failure && matches(success.failure) ? -1 : 0
}

function settle(table: Table, drawn: number): void {
  const { explode } = table.term
  let before: DieDraft | undefined
  for (let next: number | undefined = drawn; next !== undefined;) {
    const face = rerolled(table, next)
    const value = clampFace(table.term, face)
    const die: DieDraft = { face, value: before && explode?.mode === 'penetrate' ? value - 1 : value }
    table.faces.push(die)
    before = stand(table, die, before)
    next = undefined
    if (explode && holds(explode.on, face)) {
      die.exploded = true
      next = table.draw()
    }
  }
}

// @returns the die that the next one of this chain belongs to
function stand(table: Table, die: DieDraft, before: DieDraft | undefined): DieDraft {
  if (before && table.term.explode?.mode === 'compound') {
    before.value += die.value
    die.fate = 'joined'
    return before
  }
  table.standing.push(die)
  return die
}

function rerolled({ term, draw, faces }: Table, drawn: number): number {
  if (!term.reroll) return drawn
  const { on, mode } = term.reroll
  let face = drawn
  while (on.some((comparison) => holds(comparison, face))) {
    faces.push({ face, value: face, fate: 'rerolled' })
    face = draw()
    if (mode === 'once') break
  }
  return face
}

function markDropped(die: DieDraft | undefined): void {
  if (die) die.fate = 'dropped'
}

function markScores(standing: readonly DieDraft[], success: DiceSuccess): void {
  for (const die of standing) {
    const score = die.fate ? 0 : scoreOf(success, (comparison) => holds(comparison, die.value))
    if (score !== 0) die.score = score
  }
}

function totalOf({ term, standing }: Table): number {
  let total = 0
  for (const die of standing) {
    if (!die.fate) total += term.success ? (die.score ?? 0) : die.value
  }
  return total
}

// Only what is not obvious, so that two hundred dice fit into one event.
function toDie({ face, value, exploded, fate, score }: DieDraft): RolledDie {
  return {
    face,
    ...(value === face || fate === 'joined' ? {} : { value }),
    ...(exploded ? { exploded } : {}),
    ...(fate ? { fate } : {}),
    ...(score === undefined ? {} : { score }),
  }
}
