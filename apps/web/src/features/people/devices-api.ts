import type { AxiosInstance } from 'axios'
import { parseList, parseNumber, parseRecord, parseText } from '../../services/parse'

/** A device that is signed in at the own seat. */
export interface SeatDevice {
  readonly id: string
  /** This very browser. */
  readonly isCurrent: boolean
  /** What the browser called itself; null when it said nothing. */
  readonly userAgent: string | null
  /** About where from, such as `203.0.113.0/24`. */
  readonly ipPrefix: string | null
  /** Epoch milliseconds. */
  readonly lastUsedAt: number
}

/** Lets one more device in, once. */
export interface PairingCode {
  readonly code: string
  readonly expiresInSeconds: number
}

/** Calls about the devices of the own seat; every one throws an AxiosError with the server's problem. */
export function deviceCalls(http: AxiosInstance) {
  return {
    /** @returns this device first, then the latest used */
    async list(): Promise<readonly SeatDevice[]> {
      const { data } = await http.get<unknown>('/api/session/devices')
      const devices = parseList(parseRecord(data)['devices'], parseDevice)
      return devices.toSorted(
        (a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastUsedAt - a.lastUsedAt,
      )
    },
    async revoke(id: string) {
      await http.delete(`/api/session/devices/${encodeURIComponent(id)}`)
    },
    async pair(): Promise<PairingCode> {
      const { code, expiresIn } = parseRecord((await http.post<unknown>('/api/session/devices')).data)
      return { code: parseText(code), expiresInSeconds: parseNumber(expiresIn) }
    },
    /** @returns the new recovery key, shown this once; the old one is dead */
    async renewKey(): Promise<string> {
      const { data } = await http.post<unknown>('/api/session/recovery-key')
      return parseText(parseRecord(data)['recoveryKey'])
    },
  }
}

function parseDevice(value: unknown): SeatDevice {
  const { id, current, device, lastUsedAt } = parseRecord(value)
  const { userAgent, ipPrefix } = parseRecord(device)
  return {
    id: parseText(id),
    isCurrent: current === true,
    userAgent: typeof userAgent === 'string' ? userAgent : null,
    ipPrefix: typeof ipPrefix === 'string' ? ipPrefix : null,
    lastUsedAt: parseNumber(lastUsedAt),
  }
}
