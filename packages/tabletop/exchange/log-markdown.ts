import { catalogueOf } from '../language/catalogue-of'
import type { Language } from '../language/languages'
import { sayLine } from '../language/say-line'
import { sayRoll } from '../language/say-roll'
import { namePart, sayStep } from '../language/say-step'
import { saidOf, type LineCode } from '../table/log-lines'
import type { DiceRolled } from '../table/messages'
import type { LogEntry, TableState } from '../table/table-state'
import { markdownText } from './markdown-text'

/** What is written, for whom. */
export interface LogToWrite {
  readonly table: Pick<TableState, 'name' | 'players'>
  /** What the reader may read of the log, oldest first. */
  readonly entries: readonly LogEntry[]
  readonly language: Language
  /** Whose clock the times are of, as in `Europe/Lisbon`. */
  readonly timeZone: string
  /** With the steps that lead to each number. */
  readonly isExplained: boolean
}

/** A fight, its rounds and its turns are chapters; what comes after it is not a part of its last turn. */
const headings: Readonly<Partial<Record<LineCode, string>>> = {
  'combat.started': '###',
  'combat.ended': '###',
  'round.began': '###',
  'turn.began': '####',
  'turn.back': '####',
}

/**
 * Writes the log for people: a day is a chapter, a round and a turn are chapters in it, everything else is a list with the
 * times. What players wrote is plain text wherever it stands.
 */
export function writeLog(log: LogToWrite): string {
  const { table, entries, language, timeZone } = log
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone })
  const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
  const timeOf = (at: number) => times.format(at)
  const blocks: Block[] =
    table.name === '' ? [] : [{ kind: 'heading', text: `# ${markdownText(table.name)}` }]
  const timed = { ...log, timeOf }
  let today = ''
  for (const entry of entries) {
    const day = days.format(entry.at)
    if (day !== today) blocks.push({ kind: 'heading', text: `## ${day}` })
    today = day
    blocks.push(...blocksOf(entry, timed))
  }
  return blocks.map(({ text }, index) => text + gapAfter(blocks, index)).join('')
}

interface TimedLog extends LogToWrite {
  readonly timeOf: (at: number) => string
}

interface Block {
  readonly kind: 'heading' | 'item'
  readonly text: string
}

/** Items of one list stand line by line; an empty line goes around everything else. */
function gapAfter(blocks: readonly Block[], index: number): string {
  const next = blocks[index + 1]
  if (next === undefined) return '\n'
  return blocks[index]?.kind === 'item' && next.kind === 'item' ? '\n' : '\n\n'
}

function blocksOf(entry: LogEntry, log: TimedLog): readonly Block[] {
  const { language } = log
  if (entry.name === 'dice.rolled') {
    const text = sayRoll(entry.payload, log.table.players[entry.by]?.name ?? '…', language)
    return [itemOf({ at: entry.at, text, why: sayParts(entry.payload, language) }, log)]
  }
  const said = saidOf(entry.payload)
  if (said === null) return []
  const text = sayLine(said, language)
  const heading = headings[said.code]
  if (heading !== undefined) return [{ kind: 'heading', text: `${heading} ${markdownText(text)}` }]
  return [itemOf({ at: entry.at, text, why: (said.why ?? []).map((step) => sayStep(step, language)) }, log)]
}

/** What a number off a sheet was made of: `Dexterity +4`. */
function sayParts(roll: DiceRolled, language: Language): readonly string[] {
  if ('concealed' in roll) return []
  const { signed } = catalogueOf(language).speech
  return (roll.check?.parts ?? []).map((part) => `${namePart(part, language)} ${signed(part.amount)}`)
}

interface Item {
  readonly at: number
  readonly text: string
  readonly why: readonly string[]
}

function itemOf({ at, text, why }: Item, { isExplained, timeOf }: TimedLog): Block {
  const steps = isExplained ? why.map((step) => `\n  - ${markdownText(step)}`) : []
  return { kind: 'item', text: `- ${timeOf(at)} ${markdownText(text)}${steps.join('')}` }
}
