import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { diceExpressionArbitrary, diceTextArbitrary } from './arbitrary-dice'
import { boundsOfDice } from './dice-bounds'
import { seededDie } from './dice-testing'
import { parseDice } from './parse-dice'
import { printDice } from './print-dice'
import { rollDice } from './roll-dice'

// Properties take seconds where many tests share few cores.
setDefaultTimeout(60_000)

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length
const seed = fc.integer({ min: 0, max: 2 ** 31 })

describe('dice, whatever is written', () => {
  it('a printed expression reads as itself', () => {
    let accepted = 0
    fc.assert(
      fc.property(diceExpressionArbitrary, (expression) => {
        const canonical = printDice(expression)
        const parsed = parseDice(canonical)
        // What the generator made may be refused for what it means, never for how it is written.
        if ('error' in parsed)
          return expect(parsed.error.code).not.toMatch(/^(UNEXPECTED|UNKNOWN|LABEL|EMPTY|NOT_)/)
        accepted += 1
        expect(printDice(parsed.expression)).toBe(canonical)
      }),
      { numRuns: 1500 },
    )
    expect(accepted).toBeGreaterThan(250)
  })

  it('no text makes it throw, and what is accepted rolls within every limit', () => {
    fc.assert(
      fc.property(
        fc.oneof(diceTextArbitrary, fc.string({ unit: 'binary', maxLength: 300 })),
        seed,
        (text, from) => {
          const parsed = parseDice(text)
          if ('error' in parsed) {
            expect(parsed.error.position).toBeGreaterThanOrEqual(0)
            return expect(parsed.error.position).toBeLessThanOrEqual(text.length)
          }
          let drawn = 0
          const die = seededDie(from)
          const result = rollDice(parsed.expression, (sides) => ((drawn += 1), die(sides)))
          expect(drawn).toBeLessThanOrEqual(200)
          expect(bytesOf(result)).toBeLessThanOrEqual(16 * 1024)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('a total lies within its bounds, and is its exact value rounded down', () => {
    let rolled = 0
    fc.assert(
      fc.property(diceExpressionArbitrary, seed, (expression, from) => {
        const parsed = parseDice(printDice(expression))
        if ('error' in parsed) return
        const result = rollDice(parsed.expression, seededDie(from))
        if ('error' in result) return expect(result.error.code).toBe('TOO_MANY_DICE')
        rolled += 1
        const { low, high, isWhole } = boundsOfDice(parsed.expression)
        for (const { total, exact } of result.outcomes) {
          expect(total).toBeGreaterThanOrEqual(Math.floor(low + 1e-9))
          expect(total).toBeLessThanOrEqual(high + 1e-9)
          if (isWhole) expect(exact).toBeUndefined()
          if (exact === undefined) continue
          // What goes on after the last digit shown (`-3.000…`) may still be what takes it below.
          const shown = Number.parseFloat(exact)
          expect([
            Math.floor(shown),
            exact.endsWith('…') ? Math.ceil(shown) - 1 : Math.floor(shown),
          ]).toContain(total)
        }
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
      }),
      { numRuns: 1500 },
    )
    expect(rolled).toBeGreaterThan(250)
  })

  it('the same faces give the same result', () => {
    fc.assert(
      fc.property(diceExpressionArbitrary, seed, (expression, from) => {
        const parsed = parseDice(printDice(expression))
        if ('error' in parsed) return
        expect(rollDice(parsed.expression, seededDie(from))).toEqual(
          rollDice(parsed.expression, seededDie(from)),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('// is division, floored at once', () => {
    const whole = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 1000 }), fc.boolean(), (a, magnitude, isNegative) => {
        const b = isNegative ? -magnitude : magnitude
        const parsed = parseDice(`(${a}) // (${b})`)
        const result = 'expression' in parsed ? rollDice(parsed.expression, seededDie(1)) : parsed
        expect('total' in result && result.total === Math.floor(a / b)).toBe(true)
      }),
    )
  })

  it('keeping the highest and dropping the lowest are the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), seed, (count, from) => {
        const totals = [`${count}d6kh${count - 1}`, `${count}d6dl1`].map((text) => {
          const parsed = parseDice(text)
          const result = 'expression' in parsed ? rollDice(parsed.expression, seededDie(from)) : parsed
          return 'total' in result ? result.total : undefined
        })
        expect(totals[0]).toBe(totals[1])
      }),
    )
  })

  it('spaces, case and Cyrillic letters change nothing', () => {
    const written = fc.constantFrom(...' \u00A0')
    const die = fc.constantFrom(...'dDкКдД')
    fc.assert(
      fc.property(written, die, (space, d) => {
        const parsed = parseDice(['2', d, '20', 'KH', '1', '+', '5'].join(space))
        expect('expression' in parsed && printDice(parsed.expression)).toBe('2d20kh1+5')
      }),
    )
  })
})
