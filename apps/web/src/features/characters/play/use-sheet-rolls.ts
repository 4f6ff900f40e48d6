import { rollFor, type RollPlan } from '@innkeeper/tabletop/characters/roll-plan'
import type { RollCheck } from '@innkeeper/tabletop/characters/roll-check'
import type { Circumstance } from '@innkeeper/tabletop/rules/effect'
import type { RollVisibility } from '@innkeeper/tabletop/table/messages'
import { inject, type InjectionKey, provide, ref, type Ref, shallowRef } from 'vue'
import { useCharacterCommand } from '../use-character-command'
import type { PlayedCharacter } from '../played-character'

/** What whoever rolls says of the next roll beyond the sheet. */
export type RollMode = 'normal' | 'advantage' | 'disadvantage'

/** Rolling off one sheet: how, for whom to see, and what is on its way. */
export interface SheetRolls {
  /** Of the next roll alone: then it is `normal` again. */
  readonly mode: Ref<RollMode>
  /** Stays until it is changed. */
  readonly visibility: Ref<RollVisibility>
  /** What is known to be so, such as that the source of fear is in sight. */
  readonly circumstances: Ref<readonly Circumstance[]>
  readonly failure: Readonly<Ref<string | null>>
  roll(check: RollCheck): Promise<void>
  isUnderWay(check: RollCheck): boolean
  /** @returns what the sheet and the conditions make of a roll, before anybody asks for more; null: no such roll */
  planOf(check: RollCheck): RollPlan | null
}

const rollsKey: InjectionKey<SheetRolls> = Symbol('sheet rolls')

/** Lets everything below a component roll for a character. */
export function provideSheetRolls(played: () => PlayedCharacter): SheetRolls {
  const { run, failure } = useCharacterCommand()
  const mode = ref<RollMode>('normal')
  const visibility = ref<RollVisibility>('public')
  const circumstances = shallowRef<readonly Circumstance[]>([])
  const underWay = shallowRef<readonly string[]>([])

  async function roll(check: RollCheck): Promise<void> {
    const asked = mode.value
    // Advantage is for one roll; forgetting to switch it off would cheat at the next one.
    mode.value = 'normal'
    const key = keyOf(check)
    underWay.value = [...underWay.value, key]
    await run('character.roll', {
      id: played().id,
      check,
      visibility: visibility.value,
      advantage: asked === 'advantage',
      disadvantage: asked === 'disadvantage',
      circumstances: circumstances.value,
    })
    underWay.value = underWay.value.filter((_key, index) => index !== underWay.value.indexOf(key))
  }

  function planOf(check: RollCheck): RollPlan | null {
    const { sheet, vitals: affected, edition } = played()
    return rollFor({ sheet, affected, edition, circumstances: circumstances.value }, check)
  }

  const isUnderWay = (check: RollCheck) => underWay.value.includes(keyOf(check))
  const rolls = { mode, visibility, circumstances, failure, roll, isUnderWay, planOf }
  provide(rollsKey, rolls)
  return rolls
}

/** @returns the rolls of the sheet that the component is part of */
export function useSheetRolls(): SheetRolls {
  const rolls = inject(rollsKey)
  if (rolls === undefined) throw new Error('No sheet rolls are provided')
  return rolls
}

function keyOf(check: RollCheck): string {
  return [check.kind, 'key' in check ? check.key : '', 'isCritical' in check].join(' ')
}
