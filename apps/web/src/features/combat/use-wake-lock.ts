import { onScopeDispose, type Ref, watch } from 'vue'

/** What of a browser keeps a screen awake. Absent on plain http and in older browsers: then screens sleep as ever. */
export interface WakeLocks {
  request(type: 'screen'): Promise<WakeLockSentinel>
}

/**
 * Keeps the screen awake while something holds. Browsers let go of the lock whenever the page is hidden, so it is asked
 * for again when it is seen.
 */
export function useWakeLock(
  isWanted: Readonly<Ref<boolean>>,
  locks: WakeLocks | undefined = ownLocks(),
): void {
  const held: { lock: WakeLockSentinel | null; isAsking: boolean } = { lock: null, isAsking: false }

  const mayHold = () => isWanted.value && document.visibilityState === 'visible'

  async function keepInStep(): Promise<void> {
    if (!mayHold()) return await release()
    if (locks === undefined || held.isAsking || (held.lock !== null && !held.lock.released)) return
    held.isAsking = true
    try {
      held.lock = await locks.request('screen')
    } catch {
      // Refused, as on a low battery: the screen sleeps when it must.
      held.lock = null
    } finally {
      held.isAsking = false
    }
    // Not wanted any more by the time that it came.
    if (!mayHold()) await release()
  }

  async function release(): Promise<void> {
    const { lock } = held
    held.lock = null
    await lock?.release()
  }

  const follow = () => void keepInStep()
  watch(isWanted, follow, { immediate: true })
  document.addEventListener('visibilitychange', follow)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', follow)
    void release()
  })
}

function ownLocks(): WakeLocks | undefined {
  return 'wakeLock' in navigator ? navigator.wakeLock : undefined
}
