import { inject, type InjectionKey, readonly, type Ref, ref } from 'vue'

/** One line for what went wrong where no control is at hand to say it. A new one takes the place of the old. */
export interface Notices {
  readonly line: Readonly<Ref<string>>
  say(text: string): void
  clear(): void
}

/** Provided once by `main.ts`. */
export const noticesKey: InjectionKey<Notices> = Symbol('notices')

/** @returns the line of a page, empty */
export function createNotices(): Notices {
  const line = ref('')
  return {
    line: readonly(line),
    say: (text) => void (line.value = text),
    clear: () => void (line.value = ''),
  }
}

/** @returns the page's line */
export function useNotices(): Notices {
  const notices = inject(noticesKey)
  if (notices === undefined) throw new Error('No notices are provided')
  return notices
}
