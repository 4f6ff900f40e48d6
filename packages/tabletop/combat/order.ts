import type { Combatant, Vitals } from '../table/creatures'

/** Lair actions have initiative 20 and lose ties. */
export const lairInitiative = 20

/** @returns the combatants as they act: by initiative, equals by rank; who has not rolled comes last */
export function inOrder(combatants: Readonly<Record<string, Combatant>>): readonly Combatant[] {
  return Object.values(combatants).sort(
    (a, b) =>
      (b.initiative ?? Number.NEGATIVE_INFINITY) - (a.initiative ?? Number.NEGATIVE_INFINITY) ||
      lairLast(a) - lairLast(b) ||
      a.rank - b.rank ||
      (a.id < b.id ? -1 : 1),
  )
}

const lairLast = ({ kind }: Combatant): number => (kind === 'lair' ? 1 : 0)

/** @returns whether a turn comes to them: not to the dead, nor to those who wait or are out */
export function takesTurns(combatant: Combatant, vitals: Vitals | undefined): boolean {
  if (combatant.status === 'out' || combatant.status === 'delayed') return false
  return vitals?.life !== 'dead'
}

/** A place in the order, in one round: a turn comes to it, or it is passed. */
export interface Stop {
  readonly combatant: Combatant
  readonly round: number
}

/** Where a fight is: `turn` is a combatant's id, null before the first. */
interface Whereabouts {
  readonly round: number
  readonly turn: string | null
}

/** @returns every place once, from the one behind this turn to this turn's own in the next round */
export function stopsAfter(order: readonly Combatant[], { round, turn }: Whereabouts): readonly Stop[] {
  const at = order.findIndex(({ id }) => id === turn)
  const behind = at < 0 ? [] : order.slice(at + 1)
  const again = at < 0 ? order : order.slice(0, at + 1)
  return [
    ...behind.map((combatant) => ({ combatant, round })),
    ...again.map((combatant) => ({ combatant, round: round + 1 })),
  ]
}

/** @returns every place once, from the one before this turn back to this turn's own in the round before */
export function stopsBefore(order: readonly Combatant[], { round, turn }: Whereabouts): readonly Stop[] {
  const found = order.findIndex(({ id }) => id === turn)
  const at = found < 0 ? order.length : found
  return [
    ...order
      .slice(0, at)
      .map((combatant) => ({ combatant, round }))
      .toReversed(),
    ...order
      .slice(at)
      .map((combatant) => ({ combatant, round: round - 1 }))
      .toReversed(),
  ]
}

/** A hidden row stands so far behind the one before it: players can count the whole ranks and find none missing. */
const hiddenStep = 1 / 1024

/** @returns a rank behind all others */
export function rankBehind(rows: readonly Combatant[], { isHidden }: Pick<Combatant, 'isHidden'>): number {
  const last = Math.max(0, ...rows.map(({ rank }) => rank))
  return isHidden ? last + hiddenStep : Math.floor(last) + 1
}

/** Rows, and those among which they are put, in order, before the one at this place. */
interface Placing {
  readonly rows: readonly Combatant[]
  readonly others: readonly Combatant[]
  readonly at: number
}

/** @returns the rows that have another rank so that these stand where they are put; no hidden one shows by it */
export function putAt({ rows, others, at }: Placing): readonly Combatant[] {
  const [first] = rows
  if (first && rows.every(({ isHidden }) => isHidden)) return squeezedIn(rows, others[at - 1], others[at])
  return ranked(others.toSpliced(at, 0, ...rows))
}

function ranked(rows: readonly Combatant[]): readonly Combatant[] {
  const placed: Combatant[] = []
  for (const row of rows) placed.push({ ...row, rank: rankBehind(placed, row) })
  return placed
}

/** Hidden rows take ranks between their neighbours: if others had to move, players would wonder why. */
function squeezedIn(
  rows: readonly Combatant[],
  before: Combatant | undefined,
  behind: Combatant | undefined,
): readonly Combatant[] {
  const [first] = rows
  const equals = [before, behind].map((row) =>
    row?.initiative === first?.initiative ? row?.rank : undefined,
  )
  const [low, high] = equals
  const from = low ?? (high ?? first?.rank ?? 0) - hiddenStep
  const step = ((high ?? from + hiddenStep) - from) / (rows.length + 1)
  return rows.map((row, index) => ({ ...row, rank: from + step * (index + 1) }))
}
