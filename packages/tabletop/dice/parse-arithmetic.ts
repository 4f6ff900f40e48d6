import { assertNever } from '@innkeeper/protocol/tools'
import { boundsOf } from './dice-bounds'
import { DiceFault } from './dice-errors'
import {
  diceFunctions,
  type DiceFactor,
  type DiceNode,
  type DicePool,
  type SignedTerm,
} from './dice-expression'
import { countPoolEntry, nested, type DiceParsing } from './dice-parsing'
import { checkSelection } from './dice-selection'
import { parseDiceTerm } from './parse-dice-term'
import { parsePoolModifiers } from './parse-modifiers'

// Closer to zero than any sensible divisor; covers what is lost in the bounds, which are not exact.
const nearZero = 1e-9

/** Reads a sum that stands in brackets. */
function parseSum(parsing: DiceParsing): DiceNode {
  const at = parsing.cursor.position()
  const first = parseSignedTerm(parsing)
  const terms = [first]
  while (seesSign(parsing)) terms.push(parseSignedTerm(parsing))
  if (terms.length === 1 && first.sign === '+') return first.node
  return withinMagnitude(parsing, { kind: 'sum', terms }, at)
}

/** @returns whether the sum goes on */
export function seesSign({ cursor }: DiceParsing): boolean {
  return cursor.peek() === '+' || cursor.peek() === '-'
}

/** Reads one term with all its signs: `+ 1d6`, `- -2`. */
export function parseSignedTerm(parsing: DiceParsing): SignedTerm {
  const sign = parseSign(parsing)
  return { sign, node: parseProduct(parsing) }
}

function parseSign({ cursor }: DiceParsing): '+' | '-' {
  let isNegative = false
  for (;;) {
    if (cursor.accept('-')) isNegative = !isNegative
    else if (!cursor.accept('+')) return isNegative ? '-' : '+'
  }
}

function parseProduct(parsing: DiceParsing): DiceNode {
  const at = parsing.cursor.position()
  const first = parsePower(parsing)
  const factors: DiceFactor[] = []
  for (;;) {
    const operatorAt = parsing.cursor.position()
    const operator = parseOperator(parsing)
    if (operator === undefined) break
    const sign = parseSign(parsing)
    const power = parsePower(parsing)
    const node: DiceNode = sign === '-' ? { kind: 'negate', node: power } : power
    if (operator !== '*') refuseZero(parsing, node, operatorAt)
    factors.push({ operator, node })
  }
  if (factors.length === 0) return first
  return withinMagnitude(parsing, { kind: 'product', first, factors }, at)
}

function parseOperator({ cursor }: DiceParsing): DiceFactor['operator'] | undefined {
  if (cursor.accept('//')) return '//'
  if (cursor.accept('/')) return '/'
  return cursor.accept('*') ? '*' : undefined
}

function refuseZero({ limits }: DiceParsing, node: DiceNode, at: number): void {
  const { low, high } = boundsOf(node, limits.dice)
  if (low < nearZero && high > -nearZero) throw new DiceFault('DIVISION_BY_ZERO', at)
}

function parsePower(parsing: DiceParsing): DiceNode {
  const { cursor } = parsing
  const at = cursor.position()
  const base = parseAtom(parsing)
  if (!cursor.accept('**') && !cursor.accept('^')) return base
  const exponentAt = cursor.position()
  // To the right first: 2**3**2 is 2**9.
  const exponent = constantOf(parsing, parsePower(parsing), exponentAt)
  if (exponent < 0 || !boundsOf(base, parsing.limits.dice).isWhole)
    throw new DiceFault('NOT_INTEGER', exponentAt)
  if (exponent > parsing.limits.exponent) throw new DiceFault('NUMBER_TOO_BIG', exponentAt)
  return withinMagnitude(parsing, { kind: 'power', base, exponent }, at)
}

function parseAtom(parsing: DiceParsing): DiceNode {
  const { cursor } = parsing
  const at = cursor.position()
  if (cursor.seesDigit()) return parseNumberOrDice(parsing)
  if (cursor.accept('(')) {
    const node = nested(parsing, at, () => parseSum(parsing))
    cursor.expect(')')
    return cursor.accept('d') ? parseDiceTerm(parsing, constantOf(parsing, node, at), at) : node
  }
  if (cursor.accept('{')) return parsePool(parsing, at)
  return cursor.peek() === 'd' ? parseSingleDie(parsing) : parseCall(parsing)
}

function parseNumberOrDice(parsing: DiceParsing): DiceNode {
  const { cursor, limits } = parsing
  const { at, value, decimals } = cursor.readNumber()
  if (cursor.accept('d')) {
    if (decimals > 0) throw new DiceFault('NOT_INTEGER', at)
    return parseDiceTerm(parsing, value, at)
  }
  if (value > limits.magnitude) throw new DiceFault('NUMBER_TOO_BIG', at)
  return { kind: 'number', value }
}

// `d` may begin a word as well, which is then reported as a whole.
function parseSingleDie(parsing: DiceParsing): DiceNode {
  const { cursor } = parsing
  const at = cursor.position()
  cursor.accept('d')
  if (cursor.peek() !== 'f' && cursor.seesName()) throw new DiceFault('UNKNOWN_NAME', at)
  return parseDiceTerm(parsing, 1, at)
}

function parsePool(parsing: DiceParsing, at: number): DicePool {
  const { cursor } = parsing
  const entries = nested(parsing, at, () => parseList(parsing, () => countPoolEntry(parsing, at)))
  cursor.expect('}')
  const modifiersAt = cursor.position()
  const pool: { -readonly [Key in keyof DicePool]: DicePool[Key] } = { kind: 'pool', entries }
  parsePoolModifiers(cursor, pool)
  checkSelection(pool.keep, entries.length, modifiersAt)
  return withinMagnitude(parsing, pool, at)
}

function parseCall(parsing: DiceParsing): DiceNode {
  const { cursor } = parsing
  const at = cursor.position()
  if (!cursor.seesName()) throw cursor.unexpected()
  const word = cursor.readName()
  const name = diceFunctions.find((candidate) => candidate === word)
  if (name === undefined) throw new DiceFault('UNKNOWN_NAME', at)
  cursor.expect('(')
  const inputs = nested(parsing, at, () => parseList(parsing))
  cursor.expect(')')
  const takesMany = name === 'min' || name === 'max'
  if (!takesMany && inputs.length > 1) throw new DiceFault('BAD_ARGUMENTS', at)
  return withinMagnitude(parsing, { kind: 'call', name, inputs }, at)
}

function parseList(parsing: DiceParsing, onEntry: () => void = () => {}): readonly DiceNode[] {
  const entries: DiceNode[] = []
  do {
    entries.push(parseSum(parsing))
    onEntry()
  } while (parsing.cursor.accept(','))
  return entries
}

function constantOf({ limits }: DiceParsing, node: DiceNode, at: number): number {
  if (hasDice(node)) throw new DiceFault('NOT_CONSTANT', at)
  // Nothing is rolled, so both bounds are the value.
  const { low } = boundsOf(node, limits.dice)
  if (!Number.isInteger(low)) throw new DiceFault('NOT_INTEGER', at)
  return low
}

function hasDice(node: DiceNode): boolean {
  switch (node.kind) {
    case 'dice':
      return true
    case 'number':
      return false
    case 'negate':
      return hasDice(node.node)
    case 'power':
      return hasDice(node.base)
    case 'sum':
      return node.terms.some((term) => hasDice(term.node))
    case 'product':
      return hasDice(node.first) || node.factors.some((factor) => hasDice(factor.node))
    case 'pool':
      return node.entries.some(hasDice)
    case 'call':
      return node.inputs.some(hasDice)
    default:
      return assertNever(node)
  }
}

// Judged by what could come up, not by what does: a refusal must not depend on luck.
function withinMagnitude<Node extends DiceNode>(parsing: DiceParsing, node: Node, at: number): Node {
  const { low, high } = boundsOf(node, parsing.limits.dice)
  const { magnitude } = parsing.limits
  if (low >= -magnitude && high <= magnitude) return node
  throw new DiceFault('NUMBER_TOO_BIG', at)
}
