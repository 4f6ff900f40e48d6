import type { Character } from '@innkeeper/tabletop/characters/character'
import type { AxiosInstance } from 'axios'
import { parseRecord } from '../../services/parse'
import { saveFile } from '../people/save-file'

/** A character's file is at most its own size and that of its vitals; whatever is larger is something else. */
const mostBytes = 128 * 1024

/** Saves a character as a file, to take to another table. @throws AxiosError when the server does not give it out */
export async function downloadCharacter(http: AxiosInstance, { id, name }: Character): Promise<void> {
  const { data } = await http.get<unknown>(`/api/characters/${encodeURIComponent(id)}/export`)
  const content = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })
  saveFile({ name: `${toFileName(name)}.json`, content })
}

/** @returns what the file says, for the table to judge; null: it is no document at all */
export async function readCharacterFile(file: File): Promise<object | null> {
  if (file.size > mostBytes) return null
  return parseDocument(await file.text())
}

/** @returns null for what is not JSON, or another kind of document */
export function parseDocument(text: string): object | null {
  try {
    const document = parseRecord(JSON.parse(text))
    return document['format'] === 'innkeeper-character' ? document : null
  } catch {
    return null
  }
}

/** @returns a name that every file system takes */
export function toFileName(name: string): string {
  return name.replace(/[^\p{Letter}\p{Number} _-]+/gu, '').trim() || 'character'
}
