import type { offlineEn } from './en'

export const offlinePtBR: typeof offlineEn = {
  text: 'Sem conexão desde {since}. A mesa como estava às {at}, só para olhar.',
  newVersion: 'Há uma nova versão.',
  reload: 'Recarregar',
  later: 'Depois',
}
