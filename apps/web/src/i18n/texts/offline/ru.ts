import type { offlineEn } from './en'

export const offlineRu: typeof offlineEn = {
  text: 'Нет связи с {since}. Стол, каким он был в {at}: можно смотреть.',
  newVersion: 'Готова новая версия.',
  reload: 'Обновить',
  later: 'Позже',
}
