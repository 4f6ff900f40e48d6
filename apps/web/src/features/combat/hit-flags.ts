import type { HpTargets } from './to-hp-commands'

/** What is seldom asked of a hit: is it magical, critical, meant to spare; what the weapon is made of. */
export type HitFlags = Pick<HpTargets, 'isMagical' | 'isCritical' | 'isNonlethal' | 'material'>
