import type { AxiosInstance } from 'axios'
import { parseNumber, parseRecord, parseText } from '../../services/parse'
import { parseSignIns, type SignIn } from '../../services/sign-ins'

/** Lets one more device in, once. */
export interface PairingCode {
  readonly code: string
  readonly expiresInSeconds: number
}

/** Calls about the devices of the own seat; every one throws an AxiosError with the server's problem. */
export function deviceCalls(http: AxiosInstance) {
  return {
    /** @returns this device first, then the latest used */
    async list(): Promise<readonly SignIn[]> {
      const { data } = await http.get<unknown>('/api/session/devices')
      return parseSignIns(parseRecord(data)['devices'])
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
