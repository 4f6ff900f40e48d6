const browsers = [
  ['Edge', /Edg(?:A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /(?:Firefox|FxiOS)\//],
  ['Chrome', /(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /Safari\//],
] as const
const systems = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux|X11/],
] as const

/** @returns a browser as people speak of it: `Firefox, Android`; null when it does not tell */
export function toDeviceName(userAgent: string | null): string | null {
  if (userAgent === null) return null
  // The first that fits: every browser calls itself several others as well.
  const first = (known: readonly (readonly [string, RegExp])[]) =>
    known.find(([, pattern]) => pattern.test(userAgent))?.[0]
  const parts = [first(browsers), first(systems)].filter((part) => part !== undefined)
  return parts.length === 0 ? null : parts.join(', ')
}
