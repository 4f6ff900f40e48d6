import { parseSeat, type Seat, toSeatText } from './seat'

/** Where the seat is kept. All tabs of a browser share it, so `load` always reads anew. */
export interface SeatStorage {
  load(): Seat | null
  save(seat: Seat): void
  clear(): void
  /** Calls back when another tab changed the seat. */
  onChange(changed: () => void): void
}

const key = 'innkeeper.seat'

/** One value under one key: a seat with half of its tokens cannot exist. */
export function localSeatStorage(): SeatStorage {
  const storage = openStorage()
  return {
    load: () => parseSeat(storage.getItem(key)),
    save: (seat) => storage.setItem(key, toSeatText(seat)),
    clear: () => storage.removeItem(key),
    onChange: (changed) =>
      window.addEventListener('storage', (event) => {
        if (event.key === key || event.key === null) changed()
      }),
  }
}

/** Browsers may forbid storage; then the seat lasts as long as the page does. */
function openStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    localStorage.setItem('innkeeper.probe', '')
    localStorage.removeItem('innkeeper.probe')
    return localStorage
  } catch {
    const memory = new Map<string, string>()
    return {
      getItem: (name) => memory.get(name) ?? null,
      setItem: (name, value) => void memory.set(name, value),
      removeItem: (name) => void memory.delete(name),
    }
  }
}
