/**
 * Compares names as a dictionary of our three languages does, accents (and the short sign of й) aside. The browser's own
 * comparison has to be made first, which a slow processor feels at the first look.
 */
export function byAlphabet(one: string, other: string): number {
  const [a, b] = [toPlain(one), toPlain(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

function toPlain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}
