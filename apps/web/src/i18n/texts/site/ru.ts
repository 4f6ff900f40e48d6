import type { siteEn } from './en'

export const siteRu: typeof siteEn = {
  language: 'Язык',
  theme: 'Оформление',
  themes: { system: 'Как на устройстве', light: 'Светлое', dark: 'Тёмное' },
  about: 'О программе и лицензиях',
  close: 'Закрыть',
  cancel: 'Отмена',
  save: 'Сохранить',
  again: 'Ещё раз',
  notFetched: 'Часть страницы не загрузилась. Проверьте связь и откройте страницу заново.',
  openAnew: 'Открыть страницу заново',
}
