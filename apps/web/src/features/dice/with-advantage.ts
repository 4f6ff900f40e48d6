/** How the d20 is rolled: once, the better of two, or the worse of two. */
export type D20Mode = 'normal' | 'advantage' | 'disadvantage'

/** A single d20 that no modifier follows. */
const lonelyD20 = /(?<![\dkхlhdк.])1?[dдк]20(?![\da-zа-яё!%])/giu

/**
 * @returns the expression with its one plain d20 rolled twice, or null when it has none or several: then advantage
 *   has no clear meaning
 */
export function withAdvantage(expression: string, mode: D20Mode): string | null {
  if (mode === 'normal') return expression
  const [rolled = ''] = expression.split('#', 1)
  if ((rolled.match(lonelyD20) ?? []).length !== 1) return null
  const twice = mode === 'advantage' ? '2d20kh1' : '2d20kl1'
  return rolled.replace(lonelyD20, twice) + expression.slice(rolled.length)
}
