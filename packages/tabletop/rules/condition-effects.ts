import type { Condition, Edition } from '../table/creatures'
import type { Circumstance, Effect, Hindrance, Meaning } from './effect'

/** A condition in one edition. What it brings along, such as incapacitated, has its own row. */
interface Entry {
  readonly rule: string
  readonly means: readonly Meaning[]
}

const hindered = (...by: readonly Hindrance[]): readonly Meaning[] =>
  by.map((hindrance) => ({ effect: 'hindered', by: hindrance }))

const attacks = (effect: 'advantage' | 'disadvantage', when?: Circumstance): Meaning => ({
  effect,
  on: 'attack',
  ...(when === undefined ? {} : { when }),
})

const attacked = (effect: 'advantage' | 'disadvantage', when?: Circumstance): Meaning => ({
  effect,
  on: 'attacked',
  ...(when === undefined ? {} : { when }),
})

const checks = (effect: 'disadvantage' | 'auto-fail', when?: Circumstance): Meaning => ({
  effect,
  on: 'check',
  ...(when === undefined ? {} : { when }),
})

const speedZero: Meaning = { effect: 'speed-zero' }
const hitIsCritical: Meaning = { effect: 'hit-is-critical', when: 'within-5-ft' }

/** Whoever cannot dodge: paralyzed, petrified, stunned, unconscious. */
const defenceless: readonly Meaning[] = [
  attacked('advantage'),
  { effect: 'auto-fail', on: 'save', ability: 'str' },
  { effect: 'auto-fail', on: 'save', ability: 'dex' },
]
const stone: readonly Meaning[] = [
  ...hindered('turned-to-stone'),
  ...defenceless,
  { effect: 'resists-all-damage' },
  { effect: 'immune-to-condition', condition: 'poisoned' },
]
const unseen: readonly Meaning[] = [...hindered('unseen'), attacked('disadvantage'), attacks('advantage')]
const down: readonly Meaning[] = [
  ...hindered('crawls'),
  attacks('disadvantage'),
  attacked('advantage', 'within-5-ft'),
  attacked('disadvantage', 'beyond-5-ft'),
]
const heldFast: readonly Meaning[] = [
  speedZero,
  { effect: 'ends-when-source-is', condition: 'incapacitated' },
  { effect: 'ends-when-moved-apart' },
]

/** Those that read alike in both. */
const inBoth = {
  blinded: {
    rule: 'R-61',
    means: [
      ...hindered('no-sight'),
      checks('auto-fail', 'needs-sight'),
      attacked('advantage'),
      attacks('disadvantage'),
    ],
  },
  charmed: {
    rule: 'R-61',
    means: [...hindered('no-harm-to-charmer'), { effect: 'advantage', on: 'talked-to-by-charmer' }],
  },
  deafened: {
    rule: 'R-61',
    means: [...hindered('no-hearing'), checks('auto-fail', 'needs-hearing')],
  },
  /** Its levels have effects of their own: `exhaustionEffects`. */
  exhaustion: { rule: 'R-60', means: [] },
  frightened: {
    rule: 'R-61',
    means: [
      checks('disadvantage', 'sees-source'),
      attacks('disadvantage', 'sees-source'),
      ...hindered('no-approach'),
    ],
  },
  poisoned: { rule: 'R-61', means: [attacks('disadvantage'), checks('disadvantage')] },
  restrained: {
    rule: 'R-61',
    means: [
      speedZero,
      attacked('advantage'),
      attacks('disadvantage'),
      { effect: 'disadvantage', on: 'save', ability: 'dex' },
    ],
  },
} as const satisfies Partial<Record<Condition, Entry>>

const entries: Readonly<Record<Edition, Readonly<Record<Condition, Entry>>>> = {
  '2014': {
    ...inBoth,
    grappled: { rule: 'R-63', means: heldFast },
    incapacitated: { rule: 'R-64', means: hindered('no-actions', 'no-reactions') },
    invisible: { rule: 'R-69', means: unseen },
    paralyzed: {
      rule: 'R-65',
      means: [...hindered('no-movement', 'no-speech'), ...defenceless, hitIsCritical],
    },
    petrified: { rule: 'R-67', means: [...hindered('no-movement', 'no-speech', 'unaware'), ...stone] },
    prone: { rule: 'R-68', means: [...down, { effect: 'stand-costs-half-speed' }] },
    stunned: { rule: 'R-66', means: [...hindered('no-movement', 'falters'), ...defenceless] },
    unconscious: {
      rule: 'R-65',
      means: [
        ...hindered('no-movement', 'no-speech', 'unaware', 'drops-held'),
        ...defenceless,
        hitIsCritical,
      ],
    },
  },
  '2024': {
    ...inBoth,
    grappled: {
      rule: 'R-63',
      means: [...heldFast, attacks('disadvantage', 'not-at-grappler'), ...hindered('may-be-dragged')],
    },
    incapacitated: {
      rule: 'R-64',
      means: [
        ...hindered('no-actions', 'no-bonus-actions', 'no-reactions', 'no-concentration', 'no-speech'),
        { effect: 'disadvantage', on: 'initiative' },
      ],
    },
    invisible: { rule: 'R-69', means: [...unseen, { effect: 'advantage', on: 'initiative' }] },
    paralyzed: { rule: 'R-65', means: [speedZero, ...defenceless, hitIsCritical] },
    petrified: { rule: 'R-67', means: [speedZero, ...stone] },
    prone: { rule: 'R-68', means: [...down, { effect: 'stand-costs-half-speed' }] },
    stunned: { rule: 'R-66', means: defenceless },
    unconscious: {
      rule: 'R-65',
      means: [...hindered('unaware', 'drops-held'), speedZero, ...defenceless, hitIsCritical],
    },
  },
}

/** @returns what a condition means by itself, in one edition */
export function conditionEffects(condition: Condition, edition: Edition): readonly Effect[] {
  const { rule, means } = entries[edition][condition]
  return means.map((meaning) => ({ ...meaning, rule, from: condition }))
}
