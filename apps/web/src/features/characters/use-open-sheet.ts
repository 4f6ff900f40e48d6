import { computed, onActivated, shallowRef, watch } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { type SectionName, sectionNames } from './editor/sheet-fields'

/**
 * Which sheet is open, and which part of it is being edited. It stands in the address, so that Back closes what was
 * opened; and it is there again after a look at another panel.
 */
export function useOpenSheet() {
  const route = useRoute()
  const router = useRouter()
  const last = shallowRef<LocationQuery>(route.query)

  watch([() => route.query, () => route.params['panel']], ([query, panel], [, before]) => {
    if (panel === before) last.value = query
  })
  onActivated(() => {
    const isForgotten = route.query['sheet'] === undefined && last.value['sheet'] !== undefined
    if (isForgotten) void router.replace({ query: last.value })
  })

  return {
    openId: computed(() => textOf(route.query['sheet'])),
    /** Null: nothing is being edited. */
    section: computed(() => sectionNames.find((name) => name === textOf(route.query['edit'])) ?? null),
    open: (id: string) => void router.push({ query: { sheet: id } }),
    edit: (id: string, section: SectionName) => void router.push({ query: { sheet: id, edit: section } }),
    /** Another part of the same form: no step of its own on the way back. */
    turnTo: (id: string, section: SectionName) =>
      void router.replace({ query: { sheet: id, edit: section } }),
    stopEditing: (id: string) => void router.replace({ query: { sheet: id } }),
    close: () => void router.replace({ query: {} }),
  }
}

function textOf(value: LocationQuery[string] | undefined): string | null {
  return typeof value === 'string' ? value : null
}
