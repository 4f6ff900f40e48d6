import type { Condition } from '../table/creatures'

/**
 * What people type when they look for a condition, in English, Portuguese and Russian: names of competing translations,
 * what a player says at the table. The usual names come first.
 */
export const conditionAliases: Readonly<Record<Condition, readonly string[]>> = {
  blinded: ['Blind', 'Cego', 'Cegueira', 'Ослеплённый', 'Слепой', 'Слепота'],
  charmed: ['Enfeitiçado', 'Encantado', 'Очарованный', 'Зачарованный', 'Околдованный'],
  deafened: ['Deaf', 'Surdo', 'Ensurdecido', 'Surdez', 'Оглохший', 'Глухой', 'Глухота', 'Оглушённый'],
  exhaustion: ['Exhausted', 'Exaustão', 'Exausto', 'Истощение', 'Истощённый', 'Утомление', 'Изнурение'],
  frightened: ['Afraid', 'Amedrontado', 'Assustado', 'Medo', 'Испуганный', 'Напуганный', 'Испуг', 'Страх'],
  grappled: ['Grabbed', 'Agarrado', 'Agarrão', 'Схваченный', 'Захваченный', 'Захват'],
  incapacitated: ['Incapacitado', 'Недееспособный', 'Выведенный из строя', 'Беспомощный'],
  invisible: ['Invisível', 'Invisibilidade', 'Невидимый', 'Невидимость'],
  paralyzed: ['Paralysed', 'Paralisado', 'Paralisia', 'Парализованный', 'Паралич'],
  petrified: ['Stone', 'Petrificado', 'Pedra', 'Окаменевший', 'Окаменение', 'Камень'],
  poisoned: ['Poison', 'Envenenado', 'Veneno', 'Отравленный', 'Отравление', 'Яд'],
  prone: [
    'Knocked down',
    'Caído',
    'Derrubado',
    'Prostrado',
    'Сбитый с ног',
    'Лежащий ничком',
    'Ничком',
    'Опрокинутый',
    'Распластанный',
    'Упавший',
  ],
  restrained: [
    'Contido',
    'Impedido',
    'Restringido',
    'Imobilizado',
    'Опутанный',
    'Удерживаемый',
    'Обездвиженный',
    'Скованный',
    'Связанный',
  ],
  stunned: ['Atordoado', 'Ошеломлённый', 'Оглушённый', 'Ошеломление', 'Оглушение'],
  unconscious: [
    'Asleep',
    'Inconsciente',
    'Desmaiado',
    'Без сознания',
    'Бессознательный',
    'Потерявший сознание',
    'Спящий',
  ],
}
