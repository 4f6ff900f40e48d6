import type { Condition, DamageType, Defence } from '@innkeeper/tabletop/table/creatures'
import type { HandStats } from './newcomers'

/** What the form of a creature by hand holds: numbers as they are typed, '' where nothing is. */
export interface HandForm {
  name: string
  maxHp: number | ''
  armorClass: number | ''
  dexModifier: number | ''
  conSave: number | ''
  count: number
  resistances: DamageType[]
  vulnerabilities: DamageType[]
  immunities: DamageType[]
  conditionImmunities: Condition[]
  /** Weapons without magic alone meet the resistances and immunities to what weapons do. */
  areWeaponsPlain: boolean
  legendaryActions: number | ''
  legendaryResistances: number | ''
}

/** @returns a form that nobody has filled in */
export function emptyHandForm(): HandForm {
  return {
    name: '',
    maxHp: '',
    armorClass: '',
    dexModifier: '',
    conSave: '',
    count: 1,
    resistances: [],
    vulnerabilities: [],
    immunities: [],
    conditionImmunities: [],
    areWeaponsPlain: false,
    legendaryActions: '',
    legendaryResistances: '',
  }
}

const weaponDamage: readonly DamageType[] = ['bludgeoning', 'piercing', 'slashing']

/** @returns the stat block, or null while the form lacks a name or hit points */
export function toHandStats(form: HandForm): HandStats | null {
  const name = form.name.trim()
  if (name === '' || form.maxHp === '') return null
  const toPlain = (types: readonly DamageType[]) => types.map((type) => toDefence(type, form.areWeaponsPlain))
  return {
    name,
    maxHp: form.maxHp,
    armorClass: form.armorClass === '' ? null : form.armorClass,
    dexModifier: form.dexModifier || 0,
    conSave: form.conSave || 0,
    resistances: toPlain(form.resistances),
    vulnerabilities: form.vulnerabilities.map((type) => ({ type })),
    immunities: toPlain(form.immunities),
    conditionImmunities: [...form.conditionImmunities],
    legendaryActions: form.legendaryActions || 0,
    legendaryResistances: form.legendaryResistances || 0,
    recharges: [],
  }
}

function toDefence(type: DamageType, isPlain: boolean): Defence {
  return isPlain && weaponDamage.includes(type) ? { type, nonmagical: true } : { type }
}
