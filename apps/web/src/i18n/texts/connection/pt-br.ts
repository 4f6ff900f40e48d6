import type { connectionEn } from './en'

export const connectionPtBR: typeof connectionEn = {
  entering: 'Procurando seu lugar…',
  waitingFirst: 'A estalagem não responde. Nova tentativa em {seconds} s.',
  lost: 'Conexão perdida às {time}. Voltamos sozinhos.',
  noAnswer: 'A mesa não responde.',
  keeps: 'Nada se perde: o que você perdeu chega quando voltar.',
  now: 'Tentar',
  elsewhere: 'Você está nesta mesa em outra aba ou em outro aparelho.',
  moved: 'Você passou para outra aba ou aparelho.',
  here: 'Usar aqui',
  refused: 'O servidor encerrou a conexão ({code}).',
  again: 'Tentar de novo',
  face: {
    entering: 'Entrando',
    synced: 'Em dia',
    sending: 'Enviando {n} | Enviando {n}',
    away: 'Sem conexão por um momento',
    lost: 'Sem conexão',
    ended: 'Encerrada',
  },
  waitsHere: 'Isto espera a conexão e depois segue sozinho.',
  refusedLater: 'Algo que você fez antes foi recusado: {why}',
  lostLater: '{n} ação anterior não foi feita. | {n} ações anteriores não foram feitas.',
}
