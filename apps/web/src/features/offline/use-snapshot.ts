import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import type { Seat } from '../../services/seat'
import type { TableRoom } from '../table/table-room'
import type { TableSnapshot } from './table-snapshot'
import { webSnapshots } from './web-snapshots'

/** So long after a change it is kept; a busy fight is kept as often as this. */
const keepAfterMs = 1_500

interface SnapshotSources {
  /** Null until the table is known. */
  readonly room: Readonly<Ref<TableRoom | null>>
  /** Since when the table has been out of reach (epoch ms), null while it is not: opening what was kept waits for it. */
  readonly lostAt: Readonly<Ref<number | null>>
}

/**
 * Keeps what the seat sees of its table, and gives back what was kept before.
 *
 * @returns the snapshot from before; null when there is none of this seat, or nobody has missed the table yet
 */
export function useSnapshot(
  seat: Seat,
  { room, lostAt }: SnapshotSources,
): Readonly<Ref<TableSnapshot | null>> {
  const store = webSnapshots()
  const former = shallowRef<TableSnapshot | null>(null)
  const isOurs = ({ sessionId, me }: TableSnapshot) =>
    sessionId === seat.session.id && me === seat.player.uuid
  async function open(): Promise<void> {
    const kept = await store.load()
    if (kept === null) return
    if (isOurs(kept)) former.value = kept
    // Of the seat before, a game master's perhaps: this one has no business with it.
    else await store.clear()
  }
  // What is kept during this visit stands in the table itself.
  watch(
    lostAt,
    (lost) => {
      if (lost !== null && room.value === null) void open()
    },
    { immediate: true },
  )

  const timer: { id: ReturnType<typeof setTimeout> | null } = { id: null }
  function plan(): void {
    timer.id ??= setTimeout(keep, keepAfterMs)
  }
  function keep(): void {
    if (timer.id !== null) clearTimeout(timer.id)
    timer.id = null
    const table = room.value?.table.value
    if (table !== undefined)
      void store.save({ sessionId: seat.session.id, me: seat.player.uuid, at: Date.now(), table })
  }
  // A phone that is put away may never run again.
  const keepNow = () => document.hidden && timer.id !== null && keep()

  watch(() => room.value?.table.value, plan)
  document.addEventListener('visibilitychange', keepNow)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', keepNow)
    if (timer.id !== null) clearTimeout(timer.id)
  })
  return former
}
