import { onMounted, onUnmounted } from 'vue'
import { fetchLateParts, firstPart, latePart, settleFirstParts } from './late-parts'

// A phone shows one panel at a time: each travels when it is first shown.
export const PartyPanel = firstPart(() => import('../characters/party-panel.vue'))
export const FightPanel = firstPart(() => import('../combat/fight-panel.vue'))
export const DicePanel = firstPart(() => import('../dice/dice-panel.vue'))
export const LogPanel = firstPart(() => import('../log/log-panel.vue'))
// The game master's alone.
export const ClaimsBanner = firstPart(() => import('../people/claims-banner.vue'))
export const PeoplePanel = latePart(() => import('../people/people-panel.vue'))

/** Begins to fetch the sheet of whoever has one of their own: they see it first, and it is not to come after its panel. */
export function fetchOwnSheet(): void {
  // What fails is fetched again when it is shown, and said then.
  import('../characters/sheet-view.vue').catch(() => {})
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
  // The panels have named theirs by now. What is here already is not fetched again.
  await fetchLateParts()
}
