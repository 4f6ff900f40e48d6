import type { awayEn } from './en'

export const awayPtBR: typeof awayEn = {
  revoked:
    'Seu lugar foi retomado com a chave de recuperação, ou pediram que você saísse. Entre de novo para se sentar.',
  expired: 'Você ficou fora por muito tempo e o acesso terminou. Entre de novo para se sentar.',
  reused:
    'Um acesso antigo ao seu lugar foi usado de novo, talvez por outra pessoa, e todos os aparelhos foram desconectados. Sua chave de recuperação traz você de volta.',
  closed: 'Esta mesa foi encerrada.',
}
