import type { screenEn } from './en'

export const screenPtBR: typeof screenEn = {
  title: 'Uma mesa na tela',
  lead: 'Abra esta página em uma TV ou um notebook que todos vejam: a ordem da luta e as últimas rolagens, sem nenhum segredo.',
  show: 'Mostrar a mesa',
  looking: 'Procurando a mesa…',
  ended: 'A mesa não pode mais ser mostrada.',
  old: 'Sem conexão. O que você vê pode estar desatualizado.',
  order: 'Iniciativa',
  round: 'Rodada {n}',
  gathering: 'A luta vai começar',
  next: 'a seguir',
  more: 'e mais {n} | e mais {n}',
  rolls: 'Últimas rolagens',
  noRolls: 'Os dados estão quietos.',
  join: 'Escaneie para entrar, ou diga o código',
}
