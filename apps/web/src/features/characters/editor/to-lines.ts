import { sheetLimits } from '@innkeeper/tabletop/characters/sheet-limits'

/** @returns the lines of a text that say something, as a sheet takes them */
export function toLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => [...line.trim()].slice(0, sheetLimits.name).join(''))
    .filter((line) => line !== '')
    .slice(0, sheetLimits.lines)
}
