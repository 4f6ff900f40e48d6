/** What of a sheet is shown one at a time, in the order of its tabs. */
export const sheetParts = ['checks', 'actions', 'gear', 'about'] as const
export type SheetPart = (typeof sheetParts)[number]
