import type { AxiosInstance } from 'axios'
import { parseList, parseNumber, parseRecord, parseStrings, parseText } from '../../services/parse'

/** Somebody who is kept out. Times in epoch milliseconds. */
export interface Ban {
  readonly id: string
  readonly name: string
  readonly until: number
}

const players = '/api/session/players'
const at = (uuid: string) => `${players}/${encodeURIComponent(uuid)}`

/** What a game master does with the seats of the table; every call throws an AxiosError with the server's problem. */
export function seatCalls(http: AxiosInstance) {
  return {
    /** @throws `name-refused`, `name-taken` */
    async rename(uuid: string, name: string) {
      await http.patch(at(uuid), { name })
    },
    async sendOut(uuid: string) {
      await http.delete(at(uuid))
    },
    /** @param minutes  null: a year */
    async ban(uuid: string, minutes: number | null) {
      await http.post(`${at(uuid)}/ban`, minutes === null ? {} : { minutes })
    },
    async handOver(uuid: string) {
      await http.post(`${at(uuid)}/hand-over`)
    },
    async lend(uuid: string, minutes: number) {
      await http.post(`${at(uuid)}/lend`, { minutes })
    },
    /** Ends the lending; whoever has the tools may give them back. */
    async takeBack(uuid: string) {
      await http.delete(`${at(uuid)}/lend`)
    },
    async leave() {
      await http.delete(`${players}/me`)
    },
    async bans(): Promise<readonly Ban[]> {
      const { data } = await http.get<unknown>('/api/session/bans')
      return parseList(parseRecord(data)['bans'], parseBan)
    },
    async liftBan(id: string) {
      await http.delete(`/api/session/bans/${encodeURIComponent(id)}`)
    },
  }
}

function parseBan(value: unknown): Ban {
  const { id, name, until } = parseRecord(value)
  return { id: parseText(id), name: parseText(name), until: parseNumber(until) }
}

/** Somebody who asks for a seat that is taken. */
export interface Claim {
  readonly id: string
  /** As they typed it. */
  readonly name: string
}

/** What the game master does with claims. */
export function claimCalls(http: AxiosInstance) {
  return {
    async open(): Promise<readonly Claim[]> {
      const { data } = await http.get<unknown>('/api/session/claims')
      return parseList(parseRecord(data)['claims'], (claim) => parseStrings(claim, ['id', 'name']))
    },
    async answer(id: string, answer: 'approve' | 'decline') {
      await http.post(`/api/session/claims/${encodeURIComponent(id)}/${answer}`)
    },
  }
}
