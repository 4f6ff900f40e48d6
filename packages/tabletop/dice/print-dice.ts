import { assertNever } from '@innkeeper/protocol/tools'
import type {
  DiceComparison,
  DiceExpression,
  DiceNode,
  DicePart,
  DicePool,
  DiceReroll,
  DiceSelection,
  DiceSuccess,
  DiceTerm,
  SignedTerm,
} from './dice-expression'
import { facesOf } from './faces'

/**
 * The one canonical notation of an expression, without its `#` label. Read again, it gives the same expression.
 *
 * @returns like `2d20kh1+5` for `d20 adv + 5`
 */
export function printDice(expression: DiceExpression): string {
  const repeat = expression.repeat === undefined ? '' : `${expression.repeat}x`
  return repeat + expression.parts.map((part, index) => printPart(part, index === 0)).join('')
}

/** @returns a term's canonical notation, like `4d6kh3` */
export function printTerm(term: DiceTerm): string {
  const success = term.success ? printSuccess(term.success) : ''
  const middle =
    (term.min === undefined ? '' : `min${term.min}`) +
    (term.max === undefined ? '' : `max${term.max}`) +
    (term.keep ? printSelection(term.keep) : '')
  // A bare `!` would take the comparison of the successes for its own.
  const isBareFine = middle !== '' || success === ''
  return `${term.count}d${term.sides}${printReroll(term.reroll)}${printExplosion(term, isBareFine)}${middle}${success}`
}

/** @returns a comparison as it was meant, like `>=5` */
export function printComparison({ sign, value }: DiceComparison): string {
  return `${sign}${value}`
}

function printPart(part: DicePart, isFirst: boolean): string {
  return printTerms(part.terms, isFirst) + (part.type === undefined ? '' : ` [${part.type}]`)
}

function printTerms(terms: readonly SignedTerm[], isFirst: boolean): string {
  return terms
    .map(({ sign, node }, index) => {
      const shownSign = sign === '+' && isFirst && index === 0 ? '' : sign
      return shownSign + (node.kind === 'sum' ? `(${printNode(node)})` : printNode(node))
    })
    .join('')
}

function printNode(node: DiceNode): string {
  switch (node.kind) {
    case 'number':
      return String(node.value)
    case 'dice':
      return printTerm(node)
    case 'pool':
      return printPool(node)
    case 'sum':
      return printTerms(node.terms, true)
    case 'negate':
      return `-${printFactor(node.node)}`
    case 'power':
      return `${printBase(node.base)}**${node.exponent}`
    case 'product':
      return (
        printFactor(node.first) +
        node.factors.map(({ operator, node: factor }) => operator + printFactor(factor)).join('')
      )
    case 'call':
      return `${node.name}(${node.inputs.map(printNode).join(',')})`
    default:
      return assertNever(node)
  }
}

function printFactor(node: DiceNode): string {
  return node.kind === 'sum' || node.kind === 'product' ? `(${printNode(node)})` : printNode(node)
}

function printBase(node: DiceNode): string {
  const isAtom =
    node.kind === 'number' || node.kind === 'dice' || node.kind === 'pool' || node.kind === 'call'
  return isAtom ? printNode(node) : `(${printNode(node)})`
}

function printPool(pool: DicePool): string {
  const entries = pool.entries.map(printNode).join(',')
  return `{${entries}}${pool.keep ? printSelection(pool.keep) : ''}${pool.success ? printSuccess(pool.success) : ''}`
}

function printReroll(reroll: DiceReroll | undefined): string {
  if (!reroll) return ''
  const word = reroll.mode === 'once' ? 'ro' : 'rr'
  return reroll.on.map((comparison) => word + printShort(comparison)).join('')
}

function printExplosion({ explode, sides }: DiceTerm, isBareFine: boolean): string {
  if (!explode) return ''
  const word = { add: '!', compound: '!!', penetrate: '!p' }[explode.mode]
  const isHighest = explode.on.sign === '=' && explode.on.value === facesOf(sides).to
  return isHighest && isBareFine ? word : word + printShort(explode.on)
}

function printSelection(keep: DiceSelection): string {
  if (keep.kind === 'keep') return `k${keep.end === 'high' ? 'h' : 'l'}${keep.count}`
  return (keep.low > 0 ? `dl${keep.low}` : '') + (keep.high > 0 ? `dh${keep.high}` : '')
}

function printSuccess({ on, failure }: DiceSuccess): string {
  return printComparison(on) + (failure ? `f${printShort(failure)}` : '')
}

// The sign may go where a bare number means "equal"; a negative number needs it.
function printShort(comparison: DiceComparison): string {
  return comparison.sign === '=' && comparison.value >= 0
    ? String(comparison.value)
    : printComparison(comparison)
}
