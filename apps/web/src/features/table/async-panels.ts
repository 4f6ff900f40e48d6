import { defineAsyncComponent, onMounted, onUnmounted } from 'vue'

/** A phone shows one panel at a time: each travels when it is first shown. */
const loaders = {
  party: () => import('../characters/party-panel.vue'),
  fight: () => import('../combat/fight-panel.vue'),
  dice: () => import('../dice/dice-panel.vue'),
  log: () => import('../log/log-panel.vue'),
  people: () => import('../people/people-panel.vue'),
} as const

export const PartyPanel = defineAsyncComponent(loaders.party)
export const FightPanel = defineAsyncComponent(loaders.fight)
export const DicePanel = defineAsyncComponent(loaders.dice)
export const LogPanel = defineAsyncComponent(loaders.log)
export const PeoplePanel = defineAsyncComponent(loaders.people)

const restMs = 2_000

/** Fetches all panels once the first one has settled: the line may be gone when another is wanted. */
export function usePanelsAhead(): void {
  const timer: { id?: ReturnType<typeof setTimeout> } = {}
  onMounted(() => {
    timer.id = setTimeout(() => void Promise.allSettled(Object.values(loaders).map((load) => load())), restMs)
  })
  onUnmounted(() => clearTimeout(timer.id))
}
