import type { accountEn } from './en'

export const accountPtBR: typeof accountEn = {
  title: 'Conta',
  lead: 'Dá para jogar sem conta. Com ela, suas mesas aparecem em qualquer aparelho, sem chave para guardar.',
  ended: 'Seu acesso terminou. Entre de novo para ver suas mesas.',
  way: 'Entrar ou criar conta',
  signIn: 'Entrar',
  register: 'Criar conta',
  username: 'Nome de usuário',
  usernameRule: 'De 3 a 20 caracteres: a–z, 0–9, ponto, hífen e sublinhado.',
  password: 'Senha',
  passwordRule:
    'Pelo menos 8 caracteres, de qualquer tipo. Nem seu nome, nem uma senha que todos tentam primeiro.',
  passwordRefused: {
    too_short: 'Uma senha tem pelo menos 8 caracteres.',
    too_long: 'Uma senha tem no máximo 128 caracteres.',
    malformed: 'Há um caractere inválido nesta senha.',
    common: 'Todos tentam esta senha primeiro. Escolha outra.',
    own_name: 'Seu próprio nome não serve de senha.',
  },
  nameTaken: 'Alguém já usa este nome de usuário.',
  nameRefused: 'Este nome de usuário não pode ser usado. Escolha outro.',
  signedInAs: 'Nome de usuário: {name}',
  signOut: 'Sair',
  link: {
    text: 'Você está em “{table}” como visitante. Guarde este lugar na sua conta, e ele espera por você em qualquer aparelho.',
    submit: 'Guardar este lugar',
  },
  tables: {
    title: 'Minhas mesas',
    empty: 'Nenhuma mesa ainda. As que você abrir ou em que entrar com a conta aparecem aqui.',
    as: 'como {name} · {date}',
    all: 'Mostrar a mesa | Mostrar todas as {n} mesas',
  },
  signIns: {
    title: 'Onde você está conectado',
    here: 'Este aparelho',
    last: 'Último uso: {time}',
    unknown: 'Aparelho desconhecido',
    end: 'Desconectar',
    endAll: 'Sair em todos os aparelhos',
  },
  changePassword: {
    title: 'Trocar a senha',
    lead: 'Seus outros aparelhos são desconectados.',
    current: 'Senha atual',
    next: 'Senha nova',
    done: 'A senha foi trocada.',
    submit: 'Trocar a senha',
  },
  data: {
    title: 'Seus dados',
    lead: 'Tudo o que está guardado sobre sua conta, em um arquivo; ou apagado de vez.',
    export: 'Salvar uma cópia',
    remove: 'Apagar a conta',
    removeTitle: 'Apagar sua conta?',
    removeText:
      'Seus acessos terminam na hora. Os lugares nas mesas ficam com quem tem as chaves. Não dá para desfazer.',
    removeSubmit: 'Apagar de vez',
  },
}
