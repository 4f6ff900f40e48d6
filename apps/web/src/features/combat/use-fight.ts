import type { DamageType } from '@innkeeper/tabletop/table/creatures'
import type { Combatant, Vitals } from '@innkeeper/tabletop/table/creatures'
import { ownOf } from '@innkeeper/tabletop/table/own-of'
import {
  computed,
  type ComputedRef,
  inject,
  type InjectionKey,
  provide,
  ref,
  type Ref,
  shallowRef,
} from 'vue'
import { useTableRoom } from '../table/table-room'
import { type FightOrder, toFightOrder } from './fight-order'
import type { HpVerb } from './parse-hp-entry'
import { noSelection, present, type Selection } from './selection'

/** What can be laid over the fight. */
export type FightSheetName = 'hp' | 'conditions' | 'details' | 'fight' | 'end' | 'help' | 'add'

/** The fight as one viewer works with it: what is chosen, and what is open. */
export interface Fight {
  readonly order: ComputedRef<FightOrder | null>
  readonly selection: Ref<Selection>
  /** Whom the next action is for: the chosen, else whose turn it is; only those whom the viewer may command. */
  readonly targets: ComputedRef<readonly Combatant[]>
  /** Those of them who have hit points: a lair has none. */
  readonly creatures: ComputedRef<readonly Combatant[]>
  readonly sheet: Ref<FightSheetName | null>
  /** What a bare number does when the pad opens. */
  readonly verb: Ref<HpVerb>
  /** Latest first. */
  readonly recentTypes: Ref<readonly DamageType[]>
  vitalsOf(id: string): Vitals | undefined
  mayCommand(row: Combatant): boolean
  /** Chooses one row and shows a sheet for it. */
  openFor(id: string, sheet: FightSheetName): void
}

const fightKey: InjectionKey<Fight> = Symbol('fight')

/** Makes the table's fight the one of everything below a component. */
export function provideFight(): Fight {
  const { table, me, isGm, role, isFrozen } = useTableRoom()
  const order = computed(() => toFightOrder(table.value))
  const chosen = shallowRef<Selection>(noSelection)
  const selection = computed({
    get: () => present(chosen.value, order.value?.rows ?? []),
    set: (value) => void (chosen.value = value),
  })
  const mayCommand = ({ owner }: Combatant) =>
    !isFrozen && (isGm.value || (role.value === 'player' && owner === me))
  const usual = computed(() => {
    const rows = (order.value?.rows ?? []).filter(mayCommand)
    const current = rows.filter(({ id }) => id === order.value?.turn?.id)
    // A player with one creature need not choose it.
    return (current.length > 0 || rows.length > 1 ? current : rows).map(({ id }) => id)
  })

  const shown = ref<FightSheetName | null>(null)
  const meant = shallowRef<readonly string[]>([])
  const sheet = computed({
    get: () => shown.value,
    set(name) {
      // Whoever it is about when it opens, it stays about: a turn may end while somebody types.
      if (shown.value === null) meant.value = usual.value
      shown.value = name
    },
  })
  const targets = computed(() => {
    const rows = (order.value?.rows ?? []).filter(mayCommand)
    const chosenRows = rows.filter(({ id }) => selection.value.ids.includes(id))
    const ids = shown.value === null ? usual.value : meant.value
    return chosenRows.length > 0 ? chosenRows : rows.filter(({ id }) => ids.includes(id))
  })

  const fight: Fight = {
    order,
    selection,
    targets,
    creatures: computed(() => targets.value.filter(({ kind }) => kind !== 'lair')),
    sheet,
    verb: ref<HpVerb>('damage'),
    recentTypes: shallowRef<readonly DamageType[]>([]),
    vitalsOf: (id) => ownOf(table.value.game.vitals, id),
    mayCommand,
    openFor(id, name) {
      chosen.value = { ids: [id], isMulti: false }
      sheet.value = name
    },
  }
  provide(fightKey, fight)
  return fight
}

/** @returns the fight that the component is part of */
export function useFight(): Fight {
  const fight = inject(fightKey)
  if (fight === undefined) throw new Error('No fight is provided')
  return fight
}
