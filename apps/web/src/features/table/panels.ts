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

/** @returns the panel of an address, else what a phone opens with: a game master runs the fight, a player has a sheet */
export function toPanelName(param: unknown, isGm: boolean): PanelName {
  return panelNames.find((name) => name === param) ?? (isGm ? 'fight' : 'party')
}
