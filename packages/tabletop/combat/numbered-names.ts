/** @returns `Goblin 1`, `Goblin 2` and so on, going on from those that are there; a single one keeps its name */
export function numberedNames(name: string, count: number, taken: readonly string[]): readonly string[] {
  const numbers = taken.flatMap((known) => {
    if (known === name) return [1]
    const number = known.startsWith(`${name} `) ? Number(known.slice(name.length + 1)) : Number.NaN
    return Number.isInteger(number) ? [number] : []
  })
  if (count === 1 && numbers.length === 0) return [name]
  const first = Math.max(0, ...numbers) + 1
  return Array.from({ length: count }, (_, index) => `${name} ${first + index}`)
}
