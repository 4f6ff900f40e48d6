import { onMounted, onUnmounted } from 'vue'
import { fetchLateParts, latePart } from './late-parts'

// A phone shows one panel at a time: each travels when it is first shown.
export const PartyPanel = latePart(() => import('../characters/party-panel.vue'))
export const FightPanel = latePart(() => import('../combat/fight-panel.vue'))
export const DicePanel = latePart(() => import('../dice/dice-panel.vue'))
export const LogPanel = latePart(() => import('../log/log-panel.vue'))
export const PeoplePanel = latePart(() => import('../people/people-panel.vue'))

const restMs = 2_000

/** Fetches the other panels, and what opens from any of them, once the first has settled. */
export function usePanelsAhead(): void {
  const timer: { id?: ReturnType<typeof setTimeout> } = {}
  onMounted(() => (timer.id = setTimeout(() => void fetchAhead(), restMs)))
  onUnmounted(() => clearTimeout(timer.id))
}

async function fetchAhead(): Promise<void> {
  await fetchLateParts()
  // The panels have named theirs by now. What is here already is not fetched again.
  await fetchLateParts()
}
