import type { tableEn } from './en'

export const tableRu: typeof tableEn = {
  players: 'За столом',
  gm: 'Ведущий',
  you: 'вы',
  online: 'здесь',
  away: 'дремлет',
  left: 'не здесь',
  unknown: 'неизвестно',
  code: 'Код',
  invite: 'Позвать',
  copyCode: 'Скопировать код',
  copied: 'Скопировано',
  key: 'Ключ восстановления',
  home: 'Главная страница',
  close: 'Закрыть',
  panels: 'Части стола',
  panel: { fight: 'Бой', party: 'Отряд', dice: 'Кубики', log: 'Журнал', people: 'Стол' },
  claim: '{name}: с нового устройства просят место с этим именем.',
  claimYes: 'Да, пустить',
  claimNo: 'Нет',
}
