import type { EffectPhrases } from '../catalogue'
import { speech } from './speech'
import { words } from './words'

const { count, number } = speech
const feetForms = { one: 'фут', few: 'фута', many: 'футов', other: 'фута' }

/** What conditions mean, in Russian. */
export const effects: EffectPhrases = {
  rolls: ({ effect, what, when }) =>
    ({ advantage: 'Преимущество: ', disadvantage: 'Помеха: ', 'auto-fail': 'Автоматический провал: ' })[
      effect
    ] +
    what +
    (when === '' ? '' : `, ${when}`),
  kinds: {
    attack: 'броски атаки',
    check: 'проверки характеристик',
    save: 'спасброски',
    initiative: 'инициатива',
    attacked: 'атаки по существу',
    'talked-to-by-charmer': 'социальные проверки очаровавшего',
  },
  abilities: (ability) => words.abilities[ability],
  circumstances: {
    'within-5-ft': 'не дальше 5 футов',
    'beyond-5-ft': 'дальше 5 футов',
    'sees-source': 'пока виден источник страха',
    'not-at-grappler': 'по всем, кроме схватившего',
    'needs-sight': 'где нужно зрение',
    'needs-hearing': 'где нужен слух',
  },
  hindrances: {
    'no-actions': 'Нет действий',
    'no-bonus-actions': 'Нет бонусных действий',
    'no-reactions': 'Нет реакций',
    'no-concentration': 'Нет концентрации',
    'no-movement': 'Не может двигаться',
    'no-speech': 'Не может говорить',
    falters: 'Говорит запинаясь',
    'no-sight': 'Ничего не видит',
    'no-hearing': 'Ничего не слышит',
    unaware: 'Не осознаёт, что вокруг',
    'drops-held': 'Роняет всё, что держит',
    crawls: 'Перемещается только ползком',
    'no-harm-to-charmer': 'Не может вредить очаровавшему',
    'no-approach': 'Не может по своей воле приблизиться к источнику страха',
    'may-be-dragged': 'Схвативший может тащить с собой',
    unseen: 'Увидеть нельзя',
    'turned-to-stone': 'Обращение в камень: вес в десять раз больше, старения нет',
    dead: 'Смерть',
  },
  penalty: (amount) => `Каждый к20: −${number(amount)}`,
  slower: (feet) => `Скорость: −${count(feet, feetForms)}`,
  immune: (condition) => `Иммунитет: ${words.conditions[condition]}`,
  endsWithSource: (condition) => `Проходит, если у источника состояние «${words.conditions[condition]}»`,
  plain: {
    'hit-is-critical': 'Попадание не дальше 5 футов — критическое',
    'speed-zero': 'Скорость 0',
    'speed-half': 'Половина скорости',
    'stand-costs-half-speed': 'Встать стоит половины скорости',
    'maximum-half': 'Половина максимума хитов',
    'resists-all-damage': 'Сопротивление любому урону',
    'ends-when-moved-apart': 'Проходит, если двоих развести',
  },
}
