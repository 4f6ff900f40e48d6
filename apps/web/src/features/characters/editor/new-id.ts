/**
 * @param taken  ids that are there already
 * @returns an id of its own among them, short and readable, as sheets need it for attacks and resources
 */
export function newIdAmong(taken: readonly string[], prefix: string): string {
  const numbers = taken.flatMap((id) => {
    const number = id.startsWith(`${prefix}-`) ? Number(id.slice(prefix.length + 1)) : NaN
    return Number.isInteger(number) ? [number] : []
  })
  return `${prefix}-${Math.max(0, ...numbers) + 1}`
}
