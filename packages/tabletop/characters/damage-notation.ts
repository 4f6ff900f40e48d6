import { assertNever } from '@innkeeper/protocol/tools'
import { parseDice } from '../dice/parse-dice'
import { printDice } from '../dice/print-dice'
import type { DiceExpression, DiceNode, DicePart, SignedTerm } from '../dice/dice-expression'
import type { DamageType } from '../table/creatures'

/** What is added to an attack's own dice. */
export interface DamageExtras {
  readonly modifier: number
  /** Of what has no type of its own. */
  readonly type: DamageType | null
  /** all dice twice, the modifier once. */
  readonly isCritical: boolean
}

const mostExtras: DamageExtras = { modifier: 10, type: 'bludgeoning', isCritical: true }

/** @returns why the damage cannot be rolled, even as a critical hit and with the greatest modifier; null: it can */
export function damageFault(damage: string): string | null {
  const parsed = parseDice(damage)
  if ('error' in parsed) return parsed.error.hint
  const { repeat, label } = parsed.expression
  if (repeat !== undefined) return 'Damage is rolled once'
  if (label !== undefined) return 'Damage has no label'
  const most = parseDice(printDice(withExtras(parsed.expression, mostExtras)))
  return 'error' in most ? `As a critical hit: ${most.error.hint}` : null
}

/**
 * @param damage  without a fault, see `damageFault`
 * @returns the expression to roll: `2d8+3 [slashing]` for a critical `1d8`
 */
export function damageExpression(damage: string, extras: DamageExtras): string {
  const parsed = parseDice(damage)
  if ('error' in parsed) throw new Error(`A sheet has the damage ${damage}: ${parsed.error.hint}`)
  return printDice(withExtras(parsed.expression, extras))
}

function withExtras({ parts }: DiceExpression, { modifier, type, isCritical }: DamageExtras): DiceExpression {
  const whole = parts.map((part, index): DicePart => {
    const terms = isCritical ? part.terms.map(twice) : part.terms
    const of = part.type ?? type
    return {
      terms: index === 0 && modifier !== 0 ? [...terms, numberTerm(modifier)] : terms,
      ...(of === null ? {} : { type: of }),
    }
  })
  return { parts: whole }
}

function numberTerm(value: number): SignedTerm {
  return { sign: value < 0 ? '-' : '+', node: { kind: 'number', value: Math.abs(value) } }
}

function twice({ sign, node }: SignedTerm): SignedTerm {
  return { sign, node: twiceTheDice(node) }
}

function twiceTheDice(node: DiceNode): DiceNode {
  switch (node.kind) {
    case 'number':
      return node
    case 'dice':
      // Twice `4d6kh3` is not `8d6kh3`.
      if (node.keep !== undefined) return { kind: 'sum', terms: [plus(node), plus(node)] }
      return { ...node, count: node.count * 2 }
    case 'pool':
      return { ...node, entries: node.entries.map(twiceTheDice) }
    case 'sum':
      return { ...node, terms: node.terms.map(twice) }
    case 'negate':
      return { ...node, node: twiceTheDice(node.node) }
    case 'product':
      return {
        ...node,
        first: twiceTheDice(node.first),
        factors: node.factors.map((factor) => ({ ...factor, node: twiceTheDice(factor.node) })),
      }
    case 'power':
      return { ...node, base: twiceTheDice(node.base) }
    case 'call':
      return { ...node, inputs: node.inputs.map(twiceTheDice) }
    default:
      return assertNever(node)
  }
}

function plus(node: DiceNode): SignedTerm {
  return { sign: '+', node }
}
