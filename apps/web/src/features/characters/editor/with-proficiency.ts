import type { Proficiency } from '@innkeeper/tabletop/characters/sheet'

/** @returns the proficiencies with one of them changed; `none` is left out, as on a blank sheet */
export function withProficiency<Key extends string>(
  known: Readonly<Partial<Record<Key, Proficiency>>>,
  key: Key,
  proficiency: Proficiency,
): Readonly<Partial<Record<Key, Proficiency>>> {
  const next = { ...known, [key]: proficiency }
  if (proficiency === 'none') Reflect.deleteProperty(next, key)
  return next
}
