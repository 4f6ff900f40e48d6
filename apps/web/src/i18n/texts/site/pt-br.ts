import type { siteEn } from './en'

export const sitePtBR: typeof siteEn = {
  language: 'Idioma',
  theme: 'Aparência',
  themes: { system: 'Como o aparelho', light: 'Clara', dark: 'Escura' },
  about: 'Sobre e licenças',
  close: 'Fechar',
  cancel: 'Cancelar',
  save: 'Salvar',
  again: 'Tentar de novo',
  notFetched: 'Não foi possível buscar uma parte da página. Confira a conexão e abra a página de novo.',
  openAnew: 'Abrir a página de novo',
}
