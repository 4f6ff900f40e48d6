import { type Circumstance, circumstances, type Effect } from '@innkeeper/tabletop/rules/effect'

/** @returns what a roll of the creature's own may hang on as it is now, such as whether the source of fear is in sight */
export function openCircumstances(effects: readonly Effect[]): readonly Circumstance[] {
  const own = effects.flatMap((effect) =>
    'on' in effect && !isRollOfOthers(effect.on) && effect.when !== undefined ? [effect.when] : [],
  )
  return circumstances.filter((circumstance) => own.includes(circumstance))
}

function isRollOfOthers(kind: string): boolean {
  return kind === 'attacked' || kind === 'talked-to-by-charmer'
}
