import { diceLimits } from '@innkeeper/tabletop/dice/dice-limits'
import { noncePattern } from '@innkeeper/tabletop/dice/fair-dice'
import type { FairnessDocument } from '@innkeeper/tabletop/dice/fairness-document'
import { type JsonRecord, parseList, parseRecord } from '../../services/parse'

/**
 * Reads what `GET /api/dice/fairness` answered, from the server or from a file that anybody may have written. The server
 * has a schema for it; its library is larger than this whole page.
 *
 * @throws TypeError for anything else
 */
export function parseFairness(value: unknown): FairnessDocument {
  const { seeds, rolls } = parseFields(value, ['seeds', 'rolls'])
  const parsed = { seeds: [...parseList(seeds, parseSeed)], rolls: [...parseList(rolls, parseRoll)] }
  if (new Set(parsed.seeds.map(({ number }) => number)).size < parsed.seeds.length)
    throw new TypeError('A seed is there twice')
  return parsed
}

function parseSeed(value: unknown): FairnessDocument['seeds'][number] {
  const { number, commit, seed, rolls } = parseFields(value, ['number', 'commit', 'seed', 'rolls'])
  return {
    number: parseWhole(number, 1),
    commit: parseDigest(commit),
    ...(seed === undefined ? {} : { seed: parseDigest(seed) }),
    ...(rolls === undefined ? {} : { rolls: parseWhole(rolls, 0) }),
  }
}

function parseRoll(value: unknown): FairnessDocument['rolls'][number] {
  const { expression, totals, sides, faces, ...place } = parseFields(value, [
    ...['seed', 'roll', 'nonce', 'expression', 'totals', 'sides', 'faces'],
  ])
  const read = { ...parsePlace(place), faces: [...parseList(faces, parseWhole)] }
  if (typeof expression === 'string' && sides === undefined)
    return { ...read, expression, totals: parseFilled(parseList(totals, parseWhole)) }
  if (expression !== undefined || totals !== undefined) throw new TypeError('A roll is of one kind')
  return { ...read, faces: parseFilled(read.faces), sides: parseFilled(parseList(sides, parseSides)) }
}

function parsePlace({ seed, roll, nonce }: JsonRecord) {
  if (typeof nonce !== 'string' || !noncePattern.test(nonce)) throw new TypeError('Expected a nonce')
  return { seed: parseWhole(seed, 1), roll: parseWhole(roll, 1), nonce }
}

function parseSides(value: unknown): number {
  const sides = parseWhole(value, 1)
  if (sides > diceLimits.sides) throw new TypeError('Expected a die')
  return sides
}

/** @param keys  no others may be there */
function parseFields(value: unknown, keys: readonly string[]): JsonRecord {
  const record = parseRecord(value)
  if (Array.isArray(value) || Object.keys(record).some((key) => !keys.includes(key)))
    throw new TypeError('Expected an object of other fields')
  return record
}

function parseFilled<Item>(list: readonly Item[]): Item[] {
  if (list.length === 0) throw new TypeError('Expected something in the list')
  return [...list]
}

function parseWhole(value: unknown, least = -Infinity): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least)
    throw new TypeError('Expected a whole number')
  return value
}

function parseDigest(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw new TypeError('Expected a digest')
  return value
}
