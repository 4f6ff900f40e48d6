import type { verifyEn } from './en'

export const verifyPtBR: typeof verifyEn = {
  title: 'Os dados foram justos?',
  how: {
    commit:
      'Antes da primeira rolagem, a mesa escolhe um número secreto e mostra a todos o lacre dele, que não serve em nenhum outro.',
    roll: 'Cada face vem desse segredo, do número da rolagem e de uma parte que quem rola acrescenta: ninguém consegue escolher.',
    reveal:
      'Aberto o segredo, ele é comparado com o lacre, e o seu próprio navegador rola tudo de novo, aqui mesmo.',
  },
  checkTable: 'Conferir esta mesa',
  file: 'Conferir um arquivo',
  fileHint:
    'Escolha ou arraste o documento que a mesa entrega em /api/dice/fairness. Ele não é enviado a ninguém.',
  back: 'Voltar à mesa',
  busy: 'Rolando tudo de novo…',
  noDocument: '{file} não é um documento dos dados de uma mesa.',
  fine: '{n} rolagem caiu como foi mostrada. | {n} rolagens caíram como foram mostradas.',
  wrong: '{n} rolagem não confere. | {n} rolagens não conferem.',
  nothing: 'Ainda não há o que conferir.',
  sealed:
    '{n} rolagem espera até o segredo ser aberto: o mestre o abre na mesa. | {n} rolagens esperam até o segredo ser aberto: o mestre o abre na mesa.',
  roll: 'Rolagem {roll} do segredo {seed}',
  verdict: {
    ok: 'Caiu como foi mostrada.',
    mismatch: 'Os dados não caíram assim.',
    'not-revealed': 'O segredo ainda não foi aberto.',
    'bad-commitment': 'O segredo não corresponde ao lacre.',
  },
  shown: 'mostrado: {faces}',
  fell: 'caiu: {faces}',
  more: 'E mais {n}. | E mais {n}.',
  repeated: 'A rolagem {roll} do segredo {seed} aparece mais de uma vez.',
  missing: 'Fora deste documento, porque outros as rolaram em segredo ou porque foram omitidas: {rolls}.',
  seeds: 'Segredos dos dados',
  seed: 'Segredo {number}',
  open: 'aberto',
  inUse: 'em uso',
  checkSeed: 'Conferir rolagens',
  commit: 'Lacre (SHA-256)',
  secret: 'Segredo',
}
