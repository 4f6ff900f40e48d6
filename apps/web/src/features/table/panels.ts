import { BookOpen, Dices, ScrollText, Swords, Users } from '@lucide/vue'
import type { Component } from 'vue'

/** What a phone shows one at a time and a desk side by side; each has an address, so that Back works. */
export const panelNames = ['fight', 'party', 'dice', 'log', 'people'] as const
export type PanelName = (typeof panelNames)[number]

export const panelIcons: Readonly<Record<PanelName, Component>> = {
  fight: Swords,
  party: BookOpen,
  dice: Dices,
  log: ScrollText,
  people: Users,
}

/** @returns the panel of an address; undefined when it names none */
export function toPanelName(param: unknown): PanelName | undefined {
  return panelNames.find((name) => name === param)
}
