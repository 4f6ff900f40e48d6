/** One value that all tabs of a browser share. */
export interface KeptValue<Value> {
  /** Reads anew each time: another tab may have written a moment ago. */
  load(): Value | null
  save(value: Value): void
  /** @param why  told to the other tabs; null when somebody chose to leave */
  clear(why: string | null): void
  /** Calls back when another tab changed it; with why, when it was cleared, and then it may call twice. */
  onChange(changed: (why: string | null) => void): void
}

/** How a value becomes text and comes back; what cannot be read is null. */
export interface TextForm<Value> {
  toText(value: Value): string
  parse(text: string | null): Value | null
}

/** Keeps one value under one key, so that half of it cannot exist. */
export function keptValue<Value>(key: string, { toText, parse }: TextForm<Value>): KeptValue<Value> {
  const storage = localTexts()
  const tabs = openTabChannel(key)
  return {
    load: () => parse(storage.getItem(key)),
    save(value) {
      storage.setItem(key, toText(value))
      tabs.tell({ type: 'kept' })
    },
    clear(why) {
      storage.removeItem(key)
      tabs.tell({ type: 'cleared', why })
    },
    onChange(changed) {
      const last: { text: string | null; why: string | null } = { text: storage.getItem(key), why: null }
      const look = () => {
        const text = storage.getItem(key)
        if (text !== null && text === last.text) return
        last.text = text
        changed(text === null ? last.why : null)
      }
      window.addEventListener('storage', (event) => {
        if (event.key === key || event.key === null) look()
      })
      // Comes beside the storage's own event, before it or after: that one does not say why.
      tabs.hear((news) => {
        last.why = news.type === 'cleared' ? news.why : null
        look()
      })
    },
  }
}

type TabNews = { readonly type: 'kept' } | { readonly type: 'cleared'; readonly why: string | null }

interface TabChannel {
  tell(news: TabNews): void
  hear(listener: (news: TabNews) => void): void
}

/** The other tabs of this browser, where it lets them talk. */
function openTabChannel(name: string): TabChannel {
  if (!('BroadcastChannel' in globalThis)) return { tell() {}, hear() {} }
  const channel = new BroadcastChannel(name)
  return {
    tell: (news) => channel.postMessage(news),
    hear: (listener) =>
      channel.addEventListener('message', (message: MessageEvent<unknown>) =>
        listener(parseTabNews(message.data)),
      ),
  }
}

/** A tab of another version may say something else; then there is only something to look at. */
function parseTabNews(data: unknown): TabNews {
  const isCleared = typeof data === 'object' && data !== null && 'type' in data && data.type === 'cleared'
  if (!isCleared) return { type: 'kept' }
  return { type: 'cleared', why: 'why' in data && typeof data.why === 'string' ? data.why : null }
}

/** @returns the browser's texts. It may forbid them: then they last as long as whoever asked keeps the answer */
export function localTexts(): Texts {
  return textsIn(() => localStorage)
}

/** @returns the texts of this tab, which outlive a reload. It may forbid them, as those of the browser */
export function tabTexts(): Texts {
  return textsIn(() => sessionStorage)
}

/** Texts by name. */
export type Texts = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** @param open  throws where the browser forbids storage: even to name it can be too much */
function textsIn(open: () => Storage): Texts {
  try {
    const storage = open()
    storage.setItem('innkeeper.probe', '')
    storage.removeItem('innkeeper.probe')
    return storage
  } catch {
    const memory = new Map<string, string>()
    return {
      getItem: (name) => memory.get(name) ?? null,
      setItem: (name, value) => void memory.set(name, value),
      removeItem: (name) => void memory.delete(name),
    }
  }
}
