import { sayRoll } from '@innkeeper/tabletop/language/say-roll'
import type { RecordedTableEvent } from '@innkeeper/tabletop/table/table-events'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { useLanguage } from '../../i18n/create-translations'
import { useTableRoom } from '../table/table-room'
import type { RollView } from './roll-view'
import { toRollView } from './to-roll-view'

/** Another's roll that passes by, and how many more came while it was shown. */
export interface PassingRoll {
  readonly roll: RollView
  readonly more: number
}

const ownMs = 2_800
const passingMs = 4_000

/**
 * What is shown of a roll when it happens. The newest takes the place of the one before at once, so that nothing that is
 * shown here is ever behind the table.
 *
 * @param seesLog  whether the rolls of others are in view anyway
 */
export function useStage(seesLog: () => boolean) {
  const { table, me, onEvent } = useTableRoom()
  const { language } = useLanguage()
  const own = shallowRef<RollView | null>(null)
  const passing = shallowRef<PassingRoll | null>(null)
  /** One sentence, for screen readers. */
  const announcement = ref('')
  const ownTimer = createTimer(ownMs, () => void (own.value = null))
  const passingTimer = createTimer(passingMs, () => void (passing.value = null))

  function happened(event: RecordedTableEvent): void {
    if (event.name !== 'dice.rolled') return
    const roll = toRollView(event, table.value, me)
    announcement.value = sayRoll(event.payload, roll.check?.name ?? roll.name, language.value)
    if (roll.isMine) {
      own.value = roll
      ownTimer.start()
    } else if (!seesLog()) {
      passing.value = { roll, more: passing.value === null ? 0 : passing.value.more + 1 }
      passingTimer.start()
    }
  }

  onScopeDispose(onEvent(happened))
  onScopeDispose(ownTimer.stop)
  onScopeDispose(passingTimer.stop)
  return { own, passing, announcement }
}

/** A timer that begins anew with every start. */
function createTimer(ms: number, ring: () => void) {
  const current: { id: ReturnType<typeof setTimeout> | undefined } = { id: undefined }
  const stop = () => clearTimeout(current.id)
  return {
    stop,
    start() {
      stop()
      current.id = setTimeout(ring, ms)
    },
  }
}
