import type { PairStorage } from '@innkeeper/client/identity'
import { defineStore } from 'pinia'
import { computed, inject, type InjectionKey, ref, shallowRef } from 'vue'
import { type KeptValue, keptValue } from '../../services/kept-value'
import { type Account, parseAccount, toAccountText } from './account'

export type AccountStorage = KeptValue<Account>

/** Provided once by `main.ts`. */
export const accountStorageKey: InjectionKey<AccountStorage> = Symbol('account storage')

/** One JSON value under one key, as the seat's. */
export function localAccountStorage(): AccountStorage {
  return keptValue('innkeeper.account', { parse: parseAccount, toText: toAccountText })
}

/** The account that this browser is signed in with, the same in every tab. Nobody needs one. */
export const useAccount = defineStore('account', () => {
  const storage = inject(accountStorageKey)
  if (storage === undefined) throw new Error('No account storage is provided')
  const { load, save, clear, onChange } = storage

  const account = shallowRef<Account | null>(load())
  const hasEnded = ref(false)
  onChange((why) => {
    account.value = load()
    if (account.value === null) hasEnded.value ||= why !== null && why !== 'left'
  })

  function keep(next: Account): void {
    save(next)
    account.value = next
    hasEnded.value = false
  }

  const pairs: PairStorage = {
    load: () => load()?.tokens ?? null,
    save: (tokens) => keep({ nick: load()?.nick ?? null, tokens }),
    clear(reason) {
      clear(reason)
      account.value = null
      hasEnded.value = reason !== 'left'
    },
  }

  function rename(nick: string): void {
    const current = load()
    if (current !== null) keep({ ...current, nick })
  }

  return {
    account,
    isSignedIn: computed(() => account.value !== null),
    /** The sign-in has ended, and not because somebody signed out here. */
    hasEnded,
    pairs,
    rename,
  }
})
