/**
 * @param expression  dice with the codes of damage types in brackets: `1d8+3 [slashing]`
 * @returns the same with the words of a reader; what is no damage type stays as it is
 */
export function inReadersWords(expression: string, damageTypes: Readonly<Record<string, string>>): string {
  return expression.replace(/\[([a-z]+)\]/g, (bracketed, code: string) =>
    Object.hasOwn(damageTypes, code) ? (damageTypes[code] ?? bracketed) : bracketed,
  )
}
