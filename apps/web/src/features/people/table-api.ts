import type { Language } from '@innkeeper/tabletop/language/languages'
import type { HouseRules } from '@innkeeper/tabletop/rules/rules'
import type { Edition } from '@innkeeper/tabletop/table/creatures'
import type { AxiosInstance } from 'axios'
import { parseRecord, parseStrings, parseText } from '../../services/parse'
import type { Seat } from '../../services/seat'

/** What the server knows of the table and the own seat, besides what the table itself says. */
export interface OwnTable {
  /** As the seat keeps them. */
  readonly seat: Pick<Seat, 'session' | 'player'>
  readonly isJoinable: boolean
  /** Whether the seat belongs to an account. */
  readonly isLinked: boolean
}

/** What can be changed of a table; what is absent stays. */
export interface TableEdit {
  readonly name?: string
  readonly language?: Language
  readonly edition?: Edition
  readonly houseRules?: Partial<HouseRules>
  readonly joinable?: boolean
}

/** A file that the server made. */
export interface KeptFile {
  readonly name: string
  readonly content: Blob
}

/** Calls about the table as a whole; every one throws an AxiosError with the server's problem. */
export function tableCalls(http: AxiosInstance) {
  return {
    async look(): Promise<OwnTable> {
      return parseOwnTable((await http.get<unknown>('/api/session')).data)
    },
    /** @throws `name-refused` */
    async edit(edit: TableEdit) {
      await http.patch('/api/session', edit)
    },
    /** @returns the new code; the old one opens nothing any more */
    async newCode(): Promise<string> {
      const { data } = await http.post<unknown>('/api/session/join-code')
      return parseText(parseRecord(data)['code'])
    },
    async close() {
      await http.delete('/api/session')
    },
    /** @returns the whole table as one JSON document */
    async export(): Promise<KeptFile> {
      const { data } = await http.get<Blob>('/api/session/export', { responseType: 'blob' })
      return { name: 'innkeeper-session.json', content: data }
    },
    /** @returns the log to read, as Markdown with the times of this device */
    async readableLog({ language, why }: LogWish): Promise<KeptFile> {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      const params = { language, why, timeZone }
      const { data } = await http.get<Blob>('/api/session/log.md', { params, responseType: 'blob' })
      return { name: 'log.md', content: data }
    },
    /** Makes the seat an account's. @param tokenJwt  an identity token @throws `already-seated` */
    async link(tokenJwt: string) {
      await http.post('/api/session/link', null, { headers: { tokenJwt } })
    },
  }
}

/** How the log is to be written. */
export interface LogWish {
  readonly language: Language
  /** With the steps that lead to each number. */
  readonly why: boolean
}

function parseOwnTable(answer: unknown): OwnTable {
  const { session, player, isLinked } = parseRecord(answer)
  return {
    seat: {
      session: parseStrings(session, ['id', 'code', 'name']),
      player: parseStrings(player, ['uuid', 'name', 'role']),
    },
    isJoinable: parseRecord(session)['joinable'] === true,
    isLinked: isLinked === true,
  }
}
