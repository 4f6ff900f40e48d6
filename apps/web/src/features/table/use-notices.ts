import { inject, type InjectionKey, readonly, type Ref, shallowRef } from 'vue'

/** `open-anew`: only opening the page again helps, so the line offers that. */
export interface Notice {
  readonly text: string
  readonly remedy?: 'open-anew' | undefined
}

/** One line for what went wrong where no control is at hand to say it. A new one takes the place of the old. */
export interface Notices {
  readonly line: Readonly<Ref<Notice | null>>
  say(text: string, remedy?: Notice['remedy']): void
  clear(): void
}

/** Provided once by `main.ts`. */
export const noticesKey: InjectionKey<Notices> = Symbol('notices')

/** @returns the line of a page, empty */
export function createNotices(): Notices {
  const line = shallowRef<Notice | null>(null)
  return {
    line: readonly(line),
    say: (text, remedy) => void (line.value = { text, remedy }),
    clear: () => void (line.value = null),
  }
}

/** @returns the page's line */
export function useNotices(): Notices {
  const notices = inject(noticesKey)
  if (notices === undefined) throw new Error('No notices are provided')
  return notices
}
