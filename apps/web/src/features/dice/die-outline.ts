/** Corners of each die as it lies on the table, in a square of 100 by 100. */
const outlines: Readonly<Record<number, string>> = {
  4: '50,6 96,88 4,88',
  6: '12,12 88,12 88,88 12,88',
  8: '50,3 95,50 50,97 5,50',
  10: '50,4 95,42 84,64 50,96 16,64 5,42',
  12: '50,3 79,12 97,37 97,66 79,90 50,98 21,90 3,66 3,37 21,12',
  20: '50,2 93,26 93,74 50,98 7,74 7,26',
  100: '50,3 74,7 93,24 97,50 93,76 74,93 50,97 26,93 7,76 3,50 7,24 26,7',
}

/** Edges that are seen within the outline. */
const edges: Readonly<Record<number, string>> = {
  4: '',
  6: '',
  8: 'M5 50H95',
  10: 'M5 42 50 62 95 42M50 62V96M50 4V20',
  12: 'M50 20 78 41 67 75H33L22 41Z',
  20: 'M50 24 79 70H21ZM50 2V24M93 26 50 24 7 26M93 26 79 70 93 74M7 26 21 70 7 74M50 98 21 70M50 98 79 70',
  100: '',
}

/** A die as an icon; `edges` may be ''. */
export interface DieOutline {
  readonly corners: string
  readonly edges: string
}

/** @returns the shape of a die; one of an unusual number of sides is as round as a hundred */
export function outlineOf(sides: number): DieOutline {
  const known = sides in outlines ? sides : 100
  return { corners: outlines[known] ?? '', edges: edges[known] ?? '' }
}
