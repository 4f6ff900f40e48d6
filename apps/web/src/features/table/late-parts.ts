import {
  type Component,
  defineAsyncComponent,
  defineComponent,
  h,
  ref,
  shallowRef,
  watch,
  watchPostEffect,
} from 'vue'
import { useI18n } from 'vue-i18n'
import { withLateTexts } from '../../i18n/create-translations'
import NotFetched from '../../ui/not-fetched.vue'
import { useNotices } from './use-notices'

type Load<Part> = () => Promise<{ readonly default: Part }>

/** Filled once by each module that names late parts, and only read after that. */
const loads: (() => Promise<unknown>)[] = []

/** What the first look at the table waits for. */
const underWay = new Set<Promise<unknown>>()

/** How the parts of first looks are fetched; filled as `loads` is. */
const fetches = new WeakMap<Component, () => Promise<unknown>>()

/**
 * A part of the page that some first looks at the table show and others do without. Named once, beside the components of
 * its feature: made in a `setup`, each instance would fetch it again. Of a part that had to be waited for, `onActivated`
 * is not called the first time: it was not there yet.
 */
export function firstPart<Part extends Component>(load: Load<Part>): Part
export function firstPart(load: Load<Component>): Component {
  const here: { code?: Component } = {}
  async function fetchCode(): Promise<Component> {
    const { default: code } = await load()
    here.code = code
    return code
  }
  function loader(): Promise<Component> {
    const loading = fetchCode()
    underWay.add(loading)
    return loading.finally(() => underWay.delete(loading))
  }
  const awaited = defineAsyncComponent({ loader, errorComponent: NotFetched })
  const part = defineComponent({
    inheritAttrs: false,
    setup(_props, { attrs, slots }) {
      // What is here is shown at once: every part that comes a moment later has the page laid out and painted once more.
      const shown = here.code ?? awaited
      return () => h(shown, attrs, slots)
    },
  })
  loads.push(fetchCode)
  fetches.set(part, loader)
  return part
}

/** Begins to fetch parts that are about to be shown. What fails is said where it is shown. */
export function fetchFirstParts(parts: readonly Component[]): void {
  for (const part of parts)
    fetches
      .get(part)?.()
      .catch(() => {})
}

/** A part of the page that no first look shows: its texts may be late as well. Named once, as the others. */
export function latePart<Part extends Component>(load: Load<Part>): Part {
  const loader = withLateTexts(load)
  loads.push(loader)
  return defineAsyncComponent({ loader, errorComponent: NotFetched })
}

/**
 * A dialog whose code comes ahead of its first opening or, at the latest, with it. It is made closed and opened then, so
 * that it sees itself being opened, and finds the focus where it has to return to. When the code cannot be fetched, the
 * notice line says so and offers to open the page again; the dialog counts as closed.
 */
export function lateDialog<Dialog extends Component>(load: Load<Dialog>): Dialog
export function lateDialog(load: Load<Component>): Component {
  const code = shallowRef<Component | null>(null)
  const loadAll = withLateTexts(load)
  const fetchCode = async () => {
    const { default: fetched } = await loadAll()
    code.value = fetched
  }
  loads.push(fetchCode)
  return defineComponent({
    inheritAttrs: false,
    props: { open: Boolean },
    emits: ['update:open'],
    setup(props, { attrs, emit }) {
      const { t } = useI18n()
      const notices = useNotices()
      const wasAsked = ref(false)
      const isOpen = ref(false)
      const change = (open: boolean) => emit('update:open', open)

      async function ask() {
        wasAsked.value = true
        try {
          if (code.value === null) await fetchCode()
        } catch {
          notices.say(t('site.notFetched'), 'open-anew')
          change(false)
        }
      }

      watch(
        () => props.open,
        (open) => open && void ask(),
        { immediate: true },
      )
      watchPostEffect(() => void (isOpen.value = props.open && code.value !== null))
      return () =>
        wasAsked.value && code.value !== null
          ? h(code.value, { ...attrs, open: isOpen.value, 'onUpdate:open': change })
          : null
    },
  })
}

/** Resolves when nothing is under way that the first look at the table waits for. */
export async function settleFirstParts(): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay)
}

/** So many late parts are asked for at once: all of them would keep a slow processor from whoever taps meanwhile. */
const batch = 4

/** Fetches every late part, and those that they name in turn: the line may be gone when one is wanted. */
export async function fetchLateParts(): Promise<void> {
  for (let first = 0; first < loads.length; first += batch)
    await Promise.allSettled(loads.slice(first, first + batch).map((load) => load()))
}
