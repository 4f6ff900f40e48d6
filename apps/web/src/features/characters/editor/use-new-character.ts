import type { EventFrame } from '@innkeeper/protocol/frames'
import { ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { readCharacterFile } from '../character-file'
import { useCharacterCommand } from '../use-character-command'
import { parseTableEvent } from '../../table/parse-table'
import { dropDraft, loadDraft, saveDraft } from './draft-storage'
import { type NewCharacter, nobody, parseNewCharacter, toCreation } from './new-character'

const draftId = 'new'

/** The form of a new character. What is typed is kept in the tab until the character is there. */
export function useNewCharacter() {
  const { run, isBusy, failure } = useCharacterCommand()
  const { t } = useI18n()
  const made = shallowRef<NewCharacter>(parseNewCharacter(loadDraft(draftId)))
  const fileFailure = ref<string | null>(null)
  watch(made, (next) => saveDraft(draftId, next))

  /** @param owner  undefined: whoever makes it @returns the new character's id; null: it was refused, see `failure` */
  async function create(owner: string | null | undefined): Promise<string | null> {
    const whose = owner === undefined ? {} : { owner }
    const id = newIdIn(await run('character.create', { ...toCreation(made.value), ...whose }))
    if (id === null) return null
    made.value = nobody
    dropDraft(draftId)
    return id
  }

  /** @returns the id of the character that the file was; null: it is none, or was refused */
  async function bring(file: File): Promise<string | null> {
    fileFailure.value = null
    const document = await readCharacterFile(file)
    if (document === null) {
      fileFailure.value = t('sheet.noDocument')
      return null
    }
    return newIdIn(await run('character.import', { document }))
  }

  return { made, isBusy, failure, fileFailure, create, bring }
}

function newIdIn(frame: EventFrame | null): string | null {
  const event = frame && parseTableEvent(frame)
  if (event?.name !== 'character.changed') return null
  return event.payload.changes.find(({ kind }) => kind === 'character')?.id ?? null
}
