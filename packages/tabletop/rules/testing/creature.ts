import type {
  Combatant,
  CombatantStats,
  Condition,
  DamageType,
  Defences,
  Edition,
  Vitals,
} from '../../table/creatures'
import type { CreatureRules, DamagePart, Happened, HouseRules, Target } from '../rules'
import type { Step } from '../trace'

const noDefences: Defences = {
  resistances: [],
  vulnerabilities: [],
  immunities: [],
  conditionImmunities: [],
}

/** What a test says of a creature; the rest is a healthy character with 20 hit points. */
export interface Sketch extends Partial<Omit<Vitals, 'hitPoints'>> {
  readonly now?: number
  readonly max?: number
  readonly maxChange?: number
  readonly temporary?: number
}

/** @returns a creature that does not even exist elsewhere */
export function creature({ now, max = 20, maxChange = 0, temporary = 0, ...vitals }: Sketch = {}): Vitals {
  return {
    id: 'hero',
    kind: 'character',
    owner: null,
    isHidden: false,
    hpShown: 'exact',
    life: 'conscious',
    exhaustion: 0,
    conditions: [],
    label: null,
    deathSaves: { successes: 0, failures: 0 },
    concentration: null,
    concentrationChecks: [],
    spent: { slots: {}, resources: {}, hitDice: {} },
    ...vitals,
    hitPoints: { now: now ?? max, max, maxChange, temporary },
  }
}

/** @returns a row of a fight: a monster with initiative 12 of which nothing else is to be known */
export function combatant(given: Partial<Combatant> = {}): Combatant {
  return {
    id: 'goblin',
    kind: 'monster',
    owner: null,
    name: 'Goblin',
    alias: null,
    isHidden: false,
    group: null,
    initiative: 12,
    rank: 0,
    status: 'active',
    isSurprised: false,
    isReactionUsed: false,
    rider: null,
    stats: null,
    ...given,
  }
}

/** @returns what the GM knows of a monster without anything special */
export function combatantStats(given: Partial<CombatantStats> = {}): CombatantStats {
  return {
    monster: null,
    armorClass: null,
    dexModifier: 0,
    conSave: 0,
    defences: noDefences,
    diesAtZero: true,
    legendaryActions: null,
    legendaryResistances: null,
    recharges: [],
    note: '',
    ...given,
  }
}

/** @returns a creature that fell to 0 hit points and has these death saves behind it */
export function dying(sketch: Sketch = {}): Vitals {
  return creature({
    now: 0,
    life: 'dying',
    conditions: [
      { id: 'u', condition: 'unconscious', endsOnHealing: true },
      { id: 'u-i', condition: 'incapacitated', impliedBy: 'u' },
      { id: 'u-p', condition: 'prone', impliedBy: 'u' },
    ],
    ...sketch,
  })
}

/** @returns whom a hit meets: it falls at 0 hit points, and has no defences but those given */
export function target(vitals: Vitals, defences: Partial<Defences> = {}, diesAtZero = false): Target {
  return { vitals, defences: { ...noDefences, ...defences }, diesAtZero }
}

/** @returns the rules of an edition, with ids `id-1`, `id-2` and so on */
export function rules(edition: Edition, house: Partial<HouseRules> = {}): CreatureRules {
  const ids: string[] = []
  return {
    edition,
    house,
    newId: () => {
      ids.push('')
      return `id-${ids.length}`
    },
  }
}

/** @returns parts like `{ amount: 7, type: 'fire' }` for `{ fire: 7 }` */
export function parts(
  amounts: Readonly<Partial<Record<DamageType | 'untyped', number>>>,
): readonly DamagePart[] {
  return Object.entries(amounts).map(([type, amount]) => ({
    amount,
    type: type === 'untyped' ? null : (type as DamageType),
  }))
}

/** @returns the numbers that a trace goes through, its start left out */
export function path(steps: readonly Step[]): readonly number[] {
  return steps.map(({ to }) => to)
}

/** @returns what happened, as codes */
export function codes(happened: readonly Happened[]): readonly string[] {
  return happened.map(({ code }) => code)
}

/** @returns hit points and temporary ones */
export function points({ hitPoints }: Vitals): readonly [now?: number, temporary?: number] {
  return hitPoints === null ? [] : [hitPoints.now, hitPoints.temporary]
}

/** @returns the names of a creature's conditions */
export function conditionsOf({ conditions }: Vitals): readonly Condition[] {
  return conditions.map(({ condition }) => condition)
}
