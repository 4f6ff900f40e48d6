import { abilities, type Ability } from '../table/creatures'
import type { MonsterAbility, MonsterAttack, MonsterSave } from './monster'
import { parseDamage } from './parse-damage'

/** A trait or an action as a stat block words it. */
export interface WordedAbility {
  readonly name: string
  readonly text: string
}

type Usage = Pick<MonsterAbility, 'recharge' | 'uses' | 'cost'>

const save = /DC (\d+) (Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma) sav(?:ing throw|e)/g
const costOfFailure = /^(?: against this magic)?(?:, taking | or take )(.*)$/s

/** Finds in words what can be said in numbers. The text itself stays whole. */
export function parseAbility({ name, text }: WordedAbility): MonsterAbility {
  const attack = parseAttack(text)
  const saves = parseSaves(text)
  return {
    ...parseName(name),
    text,
    ...(attack ? { attack } : {}),
    ...(saves.length > 0 ? { saves } : {}),
  }
}

function parseName(written: string): Usage & { readonly name: string } {
  const [, name = '', bracket = ''] = /^(.*?)(?: \(([^)]*)\))?\.?$/.exec(written) ?? []
  const usage = parseUsage(bracket)
  if (usage) return { name, ...usage }
  return { name: bracket === '' ? name : `${name} (${bracket})` }
}

function parseUsage(bracket: string): Usage | undefined {
  const [, from] = /^Recharge (\d)/.exec(bracket) ?? []
  if (from !== undefined) return { recharge: { from: Number(from) } }
  if (bracket.startsWith('Recharges after')) return { uses: { count: 1, per: 'short-rest' } }
  const [, cost] = /^Costs (\d) Actions$/.exec(bracket) ?? []
  if (cost !== undefined) return { cost: Number(cost) }
  const [, count, per] = /^(\d)\/(day|turn)$/i.exec(bracket) ?? []
  if (count === undefined) return undefined
  return { uses: { count: Number(count), per: per?.toLowerCase() === 'day' ? 'day' : 'turn' } }
}

function parseAttack(text: string): MonsterAttack | undefined {
  const [, bonus, hit = ''] = /Attack: ?\+ ?(\d+) to hit.*?Hit: ?(.*)$/s.exec(text) ?? []
  if (bonus === undefined) return undefined
  return { toHit: Number(bonus), damage: [], ...parseDamage(hit) }
}

function parseSaves(text: string): readonly MonsterSave[] {
  const saves = Array.from(text.matchAll(save), (match): MonsterSave => {
    const [, cost = ''] = costOfFailure.exec(text.slice(match.index + match[0].length)) ?? []
    const { damage = [] } = parseDamage(cost) ?? {}
    const isHalved = damage.length > 0 && /^[^.]*half as much/.test(cost)
    return { ability: abilityOf(match[2] ?? ''), dc: Number(match[1]), damage, isHalved }
  })
  // A creature repeats a save in the words of the first one.
  return saves.filter((each, index) => index === saves.findIndex((known) => isSameSave(known, each)))
}

function isSameSave(a: MonsterSave, b: MonsterSave): boolean {
  return a.ability === b.ability && a.dc === b.dc && (a === b || b.damage.length === 0)
}

/** @param word  `Dexterity` or `DEX` */
export function abilityOf(word: string): Ability {
  const ability = abilities.find((known) => word.toLowerCase().startsWith(known))
  if (!ability) throw new Error(`Not an ability: ${word}`)
  return ability
}
