import { encode } from 'uqr'

/** A QR code as one SVG path, with the quiet zone that scanners ask for around it. */
export interface QrPicture {
  /** Of the square `viewBox`, which begins at 0. */
  readonly size: number
  readonly path: string
}

/** Modules of light around the code, as its standard asks. */
const quietZone = 4

/** @param text  such as a link; some 2,000 characters fit, and the fewer there are, the easier it is to scan */
export function toQrPicture(text: string): QrPicture {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  const path = data.map((row, y) =>
    runsOf(row)
      .map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)
      .join(''),
  )
  return { size, path: path.join('') }
}

/** @returns the dark modules of a row, those side by side as one: `[from, count]` */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    if (!isDark) continue
    const last = runs.at(-1)
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1
    else runs.push([x, 1])
  }
  return runs
}
