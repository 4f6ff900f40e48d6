import { ref, type Ref } from 'vue'
import { copyText } from '../services/copy-text'

/** A button that copies a text, and whether it did. `field` holds the text on the page, to copy it by hand. */
export function useCopied(field: Readonly<Ref<HTMLInputElement | null>>) {
  const isCopied = ref(false)

  async function copy(text: string): Promise<void> {
    isCopied.value = await copyText(text, field.value)
  }

  return { isCopied, copy }
}
