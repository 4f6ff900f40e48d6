import {
  BookOpen,
  Brain,
  Dices,
  Heart,
  HeartCrack,
  HeartPlus,
  Settings2,
  Shield,
  ShieldCheck,
  Skull,
  Sparkles,
  Swords,
  Undo2,
  Users,
  Zap,
} from '@lucide/vue'
import type { LineCode } from '@innkeeper/tabletop/table/log-lines'
import type { LogEntry } from '@innkeeper/tabletop/table/table-state'
import type { Component } from 'vue'

const kindIcons = {
  table: Settings2,
  people: Users,
  seed: ShieldCheck,
  sheet: BookOpen,
  fight: Swords,
  initiative: Dices,
  damage: HeartCrack,
  healing: HeartPlus,
  shield: Shield,
  hitPoints: Heart,
  condition: Sparkles,
  concentration: Brain,
  death: Skull,
  power: Zap,
  undo: Undo2,
} as const satisfies Readonly<Record<string, Component>>
type LineKind = keyof typeof kindIcons

/** By the whole code, or by what stands before its dot. */
const kindsByCode: Readonly<Record<string, LineKind>> = {
  table: 'table',
  edition: 'table',
  'house-rules': 'table',
  language: 'table',
  player: 'people',
  role: 'people',
  seat: 'people',
  dice: 'seed',
  character: 'sheet',
  combat: 'fight',
  round: 'fight',
  turn: 'fight',
  combatant: 'fight',
  initiative: 'initiative',
  damage: 'damage',
  healing: 'healing',
  'temporary-hp': 'shield',
  hp: 'hitPoints',
  maximum: 'hitPoints',
  label: 'hitPoints',
  condition: 'condition',
  exhaustion: 'condition',
  concentration: 'concentration',
  'death-save': 'death',
  stabilised: 'death',
  died: 'death',
  fell: 'death',
  'knocked-out': 'death',
  revived: 'healing',
  counter: 'power',
  recharged: 'power',
  reaction: 'power',
  undone: 'undo',
  redone: 'undo',
}
const notOfFights: ReadonlySet<LineKind> = new Set(['table', 'people', 'seed', 'sheet', 'undo'])

/** @returns the icon of a line; a code of a newer server is something at the table */
export function iconOf(code: LineCode): Component {
  return kindIcons[kindOf(code)]
}

function kindOf(code: LineCode): LineKind {
  return kindsByCode[code.split('.')[0] ?? ''] ?? 'table'
}

/** How a line looks: a heading opens a stretch of a fight, everything else is one row in it. */
export type LineShape = 'fight' | 'turn' | 'row'

/** @returns how prominent a line is */
export function shapeOf(code: LineCode): LineShape {
  if (code === 'combat.started' || code === 'combat.ended' || code === 'round.began') return 'fight'
  return code === 'turn.began' || code === 'turn.back' ? 'turn' : 'row'
}

/** What of the log is wanted. */
export const logFilters = ['all', 'rolls', 'fight'] as const
export type LogFilter = (typeof logFilters)[number]

/** @returns whether an entry is among what is wanted; to a fight belong its dice, too */
export function isWanted({ name, payload }: LogEntry, filter: LogFilter): boolean {
  if (filter === 'all') return true
  if (name === 'dice.rolled') return filter === 'rolls' || 'check' in payload
  const code = (payload.full ?? payload.shown)?.code
  return filter === 'fight' && code !== undefined && !notOfFights.has(kindOf(code))
}
