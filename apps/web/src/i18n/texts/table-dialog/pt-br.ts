import type { tableDialogEn } from './en'

export const tableDialogPtBR: typeof tableDialogEn = {
  inviteTitle: 'Convidar jogadores',
  inviteText: 'Quem abrir este link só precisa dizer um nome.',
  link: 'Link',
  copyLink: 'Copiar o link',
  qr: 'QR code do link',
  screen: 'Mostrar a mesa na TV',
  share: 'Compartilhar o link',
  keyTitle: 'Sua chave de recuperação',
  keyText:
    'Ela traz você de volta a este lugar em qualquer aparelho. Só aparece agora: anote ou guarde em um lugar seguro.',
  keyDone: 'Já guardei',
  copyKey: 'Copiar a chave',
  syncTitle: 'Conexão',
  syncedAgo: 'Em dia com a mesa. Último sinal {when}.',
  heardAgo: 'A mesa está fora de alcance. Último sinal {when}.',
  waits: '{n} ação espera | {n} ações esperam',
  nothingWaits: 'Nada seu está esperando.',
  onItsWay: 'a caminho',
  callOff: 'Desistir',
}
