import type { tableEn } from './en'

export const tablePtBR: typeof tableEn = {
  players: 'À mesa',
  gm: 'Mestre',
  you: 'você',
  online: 'presente',
  away: 'cochilando',
  left: 'ausente',
  unknown: 'sem notícia',
  code: 'Código',
  invite: 'Convidar',
  copyCode: 'Copiar o código',
  copied: 'Copiado',
  key: 'Chave de recuperação',
  home: 'Página inicial',
  close: 'Fechar',
  panels: 'Partes da mesa',
  panel: { fight: 'Luta', party: 'Grupo', dice: 'Dados', log: 'Diário', people: 'Mesa' },
  claim: '{name} pede um lugar com este nome, de um aparelho novo.',
  claimYes: 'Sim, deixar',
  claimNo: 'Não',
}
