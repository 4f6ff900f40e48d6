import type { Happened } from '../rules/rules'
import type { Step } from '../rules/trace'
import type { Vitals } from '../table/creatures'
import { gmLine, type Line, type LineCode, type LineParam, type Said } from '../table/log-lines'
import { shownLabel } from '../table/view-creatures'
import type { Creature } from './creature'

type Params = Readonly<Record<string, LineParam>>

/** What is said of a creature, before it is decided who reads how much of it. */
export interface Told {
  readonly code: LineCode
  readonly params?: Params
  readonly why?: readonly Step[]
}

/** @returns a line about a creature that everyone who sees the creature reads, each by the name they know it by */
function tellOpenly(creature: Creature, { code, params, why }: Told): Line {
  const full = said(code, { name: creature.name, ...params }, why)
  if (creature.vitals.isHidden) return { ...gmLine(full), owner: creature.vitals.owner }
  return {
    owner: creature.vitals.owner,
    full,
    shown: said(code, { name: shownName(creature), ...params }),
  }
}

/** @returns a line for the GM and the creature's player alone */
export function tellClosely(creature: Creature, { code, params, why }: Told): Line {
  return {
    ...gmLine(said(code, { name: creature.name, ...params }, why)),
    owner: creature.vitals.owner,
  }
}

/**
 * A line about hit points: numbers only where they are shown, else the word for what is left of them where that is
 * another one now, else nothing. Why they are what they are is the GM's and the player's to know; of characters with open
 * numbers it is everyone's.
 *
 * @param after  what became of the creature
 */
export function tellHitPoints(creature: Creature, told: Told, after: Vitals): Line {
  const { vitals } = creature
  const line = tellClosely(creature, told)
  if (vitals.isHidden || vitals.hpShown === 'hidden') return line
  const name = shownName(creature)
  if (vitals.hpShown === 'exact') {
    const why = vitals.kind === 'character' ? told.why : undefined
    return { ...line, shown: said(told.code, { name, ...told.params }, why) }
  }
  const label = shownLabel(after)
  // That somebody is down or dead has a line of its own.
  const isNews = label !== shownLabel(vitals) && label !== 'down' && label !== 'dead'
  return { ...line, shown: isNews ? said('label.changed', { name, label }) : null }
}

/** @returns a line about a death save: how they stand is as open as the hit points */
export function tellDeathSave(creature: Creature, params: Params, why?: readonly Step[]): Line {
  const told: Told = { code: 'death-save', params, ...(why === undefined ? {} : { why }) }
  return creature.vitals.hpShown === 'exact' ? tellOpenly(creature, told) : tellClosely(creature, told)
}

/** @returns a line for each thing that a rule brought about */
export function tellHappened(creature: Creature, happened: readonly Happened[]): readonly Line[] {
  return happened.flatMap((event) => tellOne(creature, event) ?? [])
}

function tellOne(creature: Creature, event: Happened): Line | null {
  switch (event.code) {
    case 'dropped-to-zero':
      // What it means follows.
      return null
    case 'fell':
    case 'knocked-out':
    case 'stabilised':
    case 'revived':
      return tellOpenly(creature, { code: event.code })
    case 'regained':
      return tellDeathSave(creature, { result: 'revived' }, event.steps)
    case 'woke':
      return tellOpenly(creature, { code: 'revived' })
    case 'died':
      return tellOpenly(creature, { code: 'died', params: { reason: event.reason } })
    case 'death-save-failed':
      return tellDeathSave(creature, { result: 'failure', failures: event.failures }, event.steps)
    case 'death-save-succeeded':
      return tellDeathSave(creature, { result: 'success', successes: event.successes }, event.steps)
    case 'concentration-check':
      return tellClosely(creature, {
        code: 'concentration.check',
        params: { check: event.id, dc: event.dc },
        why: event.steps,
      })
    case 'concentration-began':
      return tellOfSpell(creature, { code: 'concentration.began', params: { spell: event.spell } })
    case 'concentration-kept':
      return tellOfSpell(creature, { code: 'concentration.kept', params: { spell: event.spell } })
    case 'concentration-ended':
      return tellOfSpell(creature, {
        code: 'concentration.ended',
        params: { spell: event.spell, reason: event.reason },
      })
    case 'condition-gained':
      return tellOpenly(creature, { code: 'condition.gained', params: { condition: event.condition } })
    case 'condition-ended':
      return tellOpenly(creature, { code: 'condition.lost', params: { condition: event.condition } })
    case 'exhaustion-changed':
      return tellOpenly(creature, {
        code: 'exhaustion.changed',
        params: { from: event.from, to: event.to },
      })
  }
}

/** What a monster concentrates on is the GM's to know. */
function tellOfSpell(creature: Creature, told: Told): Line {
  return creature.vitals.kind === 'character' ? tellOpenly(creature, told) : tellClosely(creature, told)
}

function shownName({ name, alias }: Creature): string {
  return alias ?? name
}

function said(code: LineCode, params: Params, why?: readonly Step[]): Said {
  return why === undefined || why.length === 0 ? { code, params } : { code, params, why }
}
