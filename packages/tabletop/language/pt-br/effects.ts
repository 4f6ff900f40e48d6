import type { EffectPhrases } from '../catalogue'
import { speech } from './speech'
import { words } from './words'

const { number } = speech
/** The Portuguese rules count in metres, five feet to one and a half. */
const metersPerFoot = 0.3

/** What conditions mean, in Brazilian Portuguese. */
export const effects: EffectPhrases = {
  rolls: ({ effect, what, when }) =>
    ({ advantage: 'Vantagem: ', disadvantage: 'Desvantagem: ', 'auto-fail': 'Falha automática: ' })[effect] +
    what +
    (when === '' ? '' : `, ${when}`),
  kinds: {
    attack: 'jogadas de ataque',
    check: 'testes de atributo',
    save: 'salvaguardas',
    initiative: 'iniciativa',
    attacked: 'ataques contra a criatura',
    'talked-to-by-charmer': 'testes sociais de quem enfeitiçou',
  },
  abilities: (ability) => words.abilities[ability],
  circumstances: {
    'within-5-ft': 'a até 1,5 metro',
    'beyond-5-ft': 'a mais de 1,5 metro',
    'sees-source': 'enquanto vê a fonte do medo',
    'not-at-grappler': 'contra quem não a agarrou',
    'needs-sight': 'quando é preciso enxergar',
    'needs-hearing': 'quando é preciso ouvir',
  },
  hindrances: {
    'no-actions': 'Sem ações',
    'no-bonus-actions': 'Sem ações bônus',
    'no-reactions': 'Sem reações',
    'no-concentration': 'Sem concentração',
    'no-movement': 'Não se move',
    'no-speech': 'Não fala',
    falters: 'Fala com dificuldade',
    'no-sight': 'Não enxerga',
    'no-hearing': 'Não ouve',
    unaware: 'Não percebe o que há em volta',
    'drops-held': 'Larga o que segura',
    crawls: 'Só se move rastejando',
    'no-harm-to-charmer': 'Não pode ferir quem enfeitiçou',
    'no-approach': 'Não se aproxima da fonte do medo por vontade própria',
    'may-be-dragged': 'Pode ser levada por quem a agarrou',
    unseen: 'Não pode ser vista',
    'turned-to-stone': 'Virou pedra: dez vezes o peso, sem envelhecer',
    dead: 'Morte',
  },
  penalty: (amount) => `Todo d20: −${number(amount)}`,
  slower: (feet) => `Deslocamento: −${number(feet * metersPerFoot)} metros`,
  immune: (condition) => `Imunidade: ${words.conditions[condition]}`,
  endsWithSource: (condition) => `Termina quando a origem estiver na condição ${words.conditions[condition]}`,
  plain: {
    'hit-is-critical': 'Acerto a até 1,5 metro é crítico',
    'speed-zero': 'Deslocamento 0',
    'speed-half': 'Metade do deslocamento',
    'stand-costs-half-speed': 'Levantar-se custa metade do deslocamento',
    'maximum-half': 'Metade do máximo de pontos de vida',
    'resists-all-damage': 'Resistência a todo dano',
    'ends-when-moved-apart': 'Termina quando os dois são separados',
  },
}
