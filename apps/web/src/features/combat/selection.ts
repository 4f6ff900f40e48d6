/** Which rows are chosen. `isMulti`: a tap adds to the others instead of taking their place. */
export interface Selection {
  readonly ids: readonly string[]
  readonly isMulti: boolean
}

export const noSelection: Selection = { ids: [], isMulti: false }

/** @returns the selection after a tap on a row; a tap on the only one chosen lets go of it */
export function tapped({ ids, isMulti }: Selection, id: string): Selection {
  const isChosen = ids.includes(id)
  if (isMulti) return { isMulti, ids: isChosen ? ids.filter((known) => known !== id) : [...ids, id] }
  return { isMulti, ids: isChosen && ids.length === 1 ? [] : [id] }
}

/** @returns the selection after a long press, Ctrl and a click, or M: from now on taps add */
export function marked({ ids }: Selection, id: string): Selection {
  return tapped({ ids, isMulti: true }, id)
}

/** @returns the selection without those who have left */
export function present(selection: Selection, rows: readonly { readonly id: string }[]): Selection {
  const ids = selection.ids.filter((id) => rows.some((row) => row.id === id))
  return ids.length === selection.ids.length ? selection : { ...selection, ids }
}
