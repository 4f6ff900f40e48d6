import { parseSnapshot, type SnapshotStore, toKeptSnapshot } from './table-snapshot'

const databaseName = 'innkeeper'
const storeName = 'snapshots'
const key = 'table'
const localKey = 'innkeeper.snapshot'

/** In IndexedDB, which takes a long evening; in localStorage where a browser has none, such as some private windows. */
export function webSnapshots(): SnapshotStore {
  return {
    async load() {
      const kept = await inDatabase<unknown>('readonly', (store) => store.get(key)).catch(() => undefined)
      return parseSnapshot(kept ?? readLocal())
    },
    async save(snapshot) {
      const kept = toKeptSnapshot(snapshot)
      await inDatabase('readwrite', (store) => store.put(kept, key)).catch(() => writeLocal(kept))
    },
    async clear() {
      writeLocal(null)
      await inDatabase('readwrite', (store) => store.delete(key)).catch(() => {})
    },
  }
}

async function inDatabase<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await openDatabase()
  try {
    return await settled(work(database.transaction(storeName, mode).objectStore(storeName)))
  } finally {
    database.close()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName))
  return settled(request)
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () =>
      reject(new Error('Nothing can be kept', { cause: request.error })),
    )
  })
}

function readLocal(): unknown {
  try {
    return JSON.parse(localStorage.getItem(localKey) ?? 'null')
  } catch {
    return null
  }
}

function writeLocal(kept: object | null): void {
  try {
    if (kept === null) localStorage.removeItem(localKey)
    else localStorage.setItem(localKey, JSON.stringify(kept))
  } catch {
    // Full or forbidden: then there is nothing to look at while the server is away.
  }
}
