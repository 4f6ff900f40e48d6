/** @returns codes as the choices of a field, in their own order */
export function choicesOf<Code extends string>(
  codes: readonly Code[],
  words: Readonly<Record<NoInfer<Code>, string>>,
) {
  return codes.map((value) => ({ value, text: words[value] }))
}

/** @returns a record of counts with one of them changed; what is 0 is left out, as on a blank sheet */
export function withCount<Key extends string>(
  counts: Readonly<Partial<Record<Key, number>>>,
  key: Key,
  count: number,
): Readonly<Partial<Record<Key, number>>> {
  const next: Partial<Record<Key, number>> = { ...counts, [key]: count }
  if (count === 0) Reflect.deleteProperty(next, key)
  return next
}
