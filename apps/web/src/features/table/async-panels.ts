import { type Component, onMounted, onUnmounted } from 'vue'
import { deskQuery } from '../../ui/use-media'
import { SheetView } from '../characters/late-sheets'
import { fetchFirstParts, fetchLateParts, firstPart, latePart, settleFirstParts } from './late-parts'
import type { PanelName } from './panels'

// A phone shows one panel at a time: each travels when it is first shown.
export const PartyPanel = firstPart(() => import('../characters/party-panel.vue'))
export const FightPanel = firstPart(() => import('../combat/fight-panel.vue'))
export const DicePanel = firstPart(() => import('../dice/dice-panel.vue'))
export const LogPanel = firstPart(() => import('../log/log-panel.vue'))
// The game master's alone.
export const ClaimsBanner = firstPart(() => import('../people/claims-banner.vue'))
export const PeoplePanel = latePart(() => import('../people/people-panel.vue'))

const firstPanels: Readonly<Record<Exclude<PanelName, 'people'>, Component>> = {
  fight: FightPanel,
  party: PartyPanel,
  dice: DicePanel,
  log: LogPanel,
}

/**
 * Begins to fetch what somebody who sits down sees first: its code and the table itself travel at the same time. Who comes
 * in at the list of people waits for it.
 */
export function fetchFirstPanels({
  panel,
  isGm,
}: {
  readonly panel: PanelName
  readonly isGm: boolean
}): void {
  const onPhone = panel === 'people' ? [] : [panel]
  const seen = window.matchMedia(deskQuery).matches ? (['party', 'fight', 'log', 'dice'] as const) : onPhone
  // A player's own sheet is what they see of the party; claims are the game master's to judge.
  const beside = isGm ? [ClaimsBanner] : seen.includes('party') ? [SheetView] : []
  fetchFirstParts([...seen.map((name) => firstPanels[name]), ...beside])
}

const restMs = 2_000

/**
 * Fetches the other panels, and what opens from any of them, once the first have settled: on a bad line they may take
 * longer than any rest, and must not share it.
 */
export function usePanelsAhead(): void {
  const timer: { id?: ReturnType<typeof setTimeout>; isOver: boolean } = { isOver: false }

  async function waitAndFetch(): Promise<void> {
    await settleFirstParts()
    if (timer.isOver) return
    timer.id = setTimeout(() => void fetchAhead(), restMs)
  }

  onMounted(() => void waitAndFetch())
  onUnmounted(() => {
    timer.isOver = true
    clearTimeout(timer.id)
  })
}

async function fetchAhead(): Promise<void> {
  // A panel may have asked for a sheet of its own.
  await settleFirstParts()
  await fetchLateParts()
}
