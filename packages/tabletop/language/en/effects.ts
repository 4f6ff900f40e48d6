import type { EffectPhrases } from '../catalogue'
import { speech } from './speech'
import { words } from './words'

const { number } = speech

/** What conditions mean, in English. */
export const effects: EffectPhrases = {
  rolls: ({ effect, what, when }) =>
    ({ advantage: 'Advantage: ', disadvantage: 'Disadvantage: ', 'auto-fail': 'Automatic failure: ' })[
      effect
    ] +
    what +
    (when === '' ? '' : `, ${when}`),
  kinds: {
    attack: 'attack rolls',
    check: 'ability checks',
    save: 'saving throws',
    initiative: 'initiative',
    attacked: 'attacks against the creature',
    'talked-to-by-charmer': 'social checks of the charmer',
  },
  abilities: (ability) => words.abilities[ability],
  circumstances: {
    'within-5-ft': 'from within 5 feet',
    'beyond-5-ft': 'from farther than 5 feet',
    'sees-source': 'while the source of fear is in sight',
    'not-at-grappler': 'at anyone but the grappler',
    'needs-sight': 'where sight is needed',
    'needs-hearing': 'where hearing is needed',
  },
  hindrances: {
    'no-actions': 'No actions',
    'no-bonus-actions': 'No bonus actions',
    'no-reactions': 'No reactions',
    'no-concentration': 'No concentration',
    'no-movement': 'Cannot move',
    'no-speech': 'Cannot speak',
    falters: 'Speaks falteringly',
    'no-sight': 'Cannot see',
    'no-hearing': 'Cannot hear',
    unaware: 'Unaware of its surroundings',
    'drops-held': 'Drops what it holds',
    crawls: 'Moves only by crawling',
    'no-harm-to-charmer': 'Cannot harm the charmer',
    'no-approach': 'Cannot willingly come closer to the source of fear',
    'may-be-dragged': 'Can be dragged or carried by the grappler',
    unseen: 'Cannot be seen',
    'turned-to-stone': 'Turned to stone: ten times the weight, no ageing',
    dead: 'Dead',
  },
  penalty: (amount) => `Every d20: −${number(amount)}`,
  slower: (feet) => `Speed: −${number(feet)} feet`,
  immune: (condition) => `Immunity: ${words.conditions[condition]}`,
  endsWithSource: (condition) => `Ends when whoever caused it is ${words.conditions[condition]}`,
  plain: {
    'hit-is-critical': 'A hit from within 5 feet is a critical hit',
    'speed-zero': 'Speed 0',
    'speed-half': 'Half the speed',
    'stand-costs-half-speed': 'Standing up costs half the speed',
    'maximum-half': 'Half the hit point maximum',
    'resists-all-damage': 'Resistance to all damage',
    'ends-when-moved-apart': 'Ends when the two are moved apart',
  },
}
