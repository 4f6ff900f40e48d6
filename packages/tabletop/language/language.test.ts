import { describe, expect, it, setDefaultTimeout } from 'bun:test'
import fc from 'fast-check'
import { partSources } from '../characters/explained'
import { diceExpressionArbitrary } from '../dice/arbitrary-dice'
import { parseDice } from '../dice/parse-dice'
import { printDice } from '../dice/print-dice'
import { conditionEffects } from '../rules/condition-effects'
import { exhaustionEffects } from '../rules/exhaustion-effects'
import { stepCodes, type Step } from '../rules/trace'
import { allCommands } from '../table/commands/all-commands'
import { conditions, editions } from '../table/creatures'
import { lineCodes, type LineParam } from '../table/log-lines'
import { lineArbitrary } from './arbitrary-lines'
import { catalogueOf } from './catalogue-of'
import { languages } from './languages'
import type { SayableCode } from './line-params'
import { printDiceFor } from './print-dice-for'
import { sayEffect } from './say-effect'
import { sayLine } from './say-line'
import { sayRoll } from './say-roll'
import { namePart, sayStep } from './say-step'
import { undoableCommands } from './words'

setDefaultTimeout(60_000)

type Params = Readonly<Record<string, LineParam>>

/** Every text in a tree of words. */
function textsIn(tree: object): readonly string[] {
  return Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsIn(value) : [],
  )
}

function inAll(code: SayableCode, params: Params = {}): readonly string[] {
  return languages.map((language) => sayLine({ code, params }, language))
}

describe('a line of the log', () => {
  it.each<[SayableCode, Params, readonly [string, string, string]]>([
    [
      'table.opened',
      { name: 'Friday' },
      ['The table “Friday” is open', 'A mesa “Friday” está aberta', 'Стол «Friday» открыт'],
    ],
    ['table.opened', { name: '' }, ['The table is open', 'A mesa está aberta', 'Стол открыт']],
    [
      'edition.changed',
      { edition: '2024' },
      ['New edition: Rules of 2024', 'Nova edição: Regras de 2024', 'Новая редакция: Правила 2024 года'],
    ],
    [
      'house-rules.changed',
      { rules: ['halfPoints'] },
      [
        'House rules changed (half points of damage)',
        'Regras da casa alteradas (meios pontos de dano)',
        'Домашние правила изменены (половинки урона)',
      ],
    ],
    [
      'death-save',
      { name: 'Ana', result: 'due' },
      [
        'Ana: death save due',
        'Ana: hora da salvaguarda contra a morte',
        'Ana: пора делать спасбросок от смерти',
      ],
    ],
    ['player.joined', { name: 'Ana' }, ['Ana takes a seat', 'Ana senta-se à mesa', 'Ana садится за стол']],
    [
      'role.lent',
      { name: 'Ana', minutes: 21 },
      ['Ana runs the game for 21 minutes', 'Ana conduz o jogo por 21 minutos', 'Ana ведёт игру 21 минуту'],
    ],
    [
      'damage',
      { name: 'Ork', amount: 12, types: ['fire', 'slashing'] },
      [
        'Ork takes 12 damage (fire, slashing)',
        'Ork sofre 12 de dano (fogo, cortante)',
        'Ork получает 12 урона (огонь, рубящий)',
      ],
    ],
    ['damage', { name: 'Ork' }, ['Ork takes damage', 'Ork sofre dano', 'Ork получает урон']],
    [
      'damage',
      { name: 'Ork', amount: 0, types: ['fire'] },
      ['Ork takes no damage', 'Ork não sofre dano', 'Ork не получает урона'],
    ],
    [
      'healing',
      { name: 'Ana', amount: 1 },
      ['Ana regains 1 hit point', 'Ana recupera 1 ponto de vida', 'Ana восстанавливает 1 хит'],
    ],
    [
      'healing',
      { name: 'Ana', amount: 22 },
      ['Ana regains 22 hit points', 'Ana recupera 22 pontos de vida', 'Ana восстанавливает 22 хита'],
    ],
    [
      'temporary-hp',
      { name: 'Ana', amount: 5 },
      ['Ana: 5 temporary hit points', 'Ana: 5 pontos de vida temporários', 'Ana: 5 временных хитов'],
    ],
    [
      'maximum.changed',
      { name: 'Ana', by: -5 },
      ['Ana: hit point maximum −5', 'Ana: máximo de pontos de vida −5', 'Ana: максимум хитов −5'],
    ],
    [
      'condition.gained',
      { name: 'Ork', condition: 'prone', rounds: 3 },
      [
        'Ork gains the Prone condition for 3 rounds',
        'Ork recebe a condição Caído por 3 rodadas',
        'Ork получает состояние «Сбитый с ног» на 3 раунда',
      ],
    ],
    [
      'condition.lost',
      { name: 'Ork', condition: 'stunned' },
      [
        'Ork loses the Stunned condition',
        'Ork perde a condição Atordoado',
        'Ork теряет состояние «Ошеломлённый»',
      ],
    ],
    [
      'exhaustion.changed',
      { name: 'Ana', from: 1, to: 2 },
      ['Ana: exhaustion 1 → 2', 'Ana: exaustão 1 → 2', 'Ana: истощение 1 → 2'],
    ],
    [
      'concentration.ended',
      { name: 'Ana', spell: 'Bless', reason: 'check-failed' },
      [
        'Ana no longer concentrates on Bless (check failed)',
        'Ana perde a concentração em Bless (falha no teste)',
        'Ana теряет концентрацию: Bless (проверка не пройдена)',
      ],
    ],
    [
      'death-save',
      { name: 'Ana', result: 'failure', failures: 2 },
      [
        'Ana: death save fails (2 of 3)',
        'Ana: falha contra a morte (2 de 3)',
        'Ana: провал спасброска от смерти (2 из 3)',
      ],
    ],
    [
      'died',
      { name: 'Ana', reason: 'massive-damage' },
      ['Ana dies (massive damage)', 'Ana morre (dano massivo)', 'Ana погибает (огромный урон)'],
    ],
    [
      'combatant.joined',
      { name: 'Goblin', count: 3 },
      ['Goblin (3) join the combat', 'Goblin (3) entram no combate', 'Goblin (3) вступают в бой'],
    ],
    [
      'character.spent',
      { name: 'Ana', what: 'hit-die', key: 'd8', amount: 1, left: 2, max: 3 },
      [
        'Ana uses up: hit die d8 × 1, 2 of 3 left',
        'Ana gasta: dado de vida d8 × 1, restam 2 de 3',
        'Ana тратит: кость хитов к8 × 1, осталось 2 из 3',
      ],
    ],
    [
      'counter.used',
      { name: 'Lich', counter: 'legendaryActions', count: 2 },
      [
        'Lich uses: legendary actions × 2',
        'Lich usa: ações lendárias × 2',
        'Lich тратит: легендарные действия × 2',
      ],
    ],
    ['undone', { what: 'combat.damage' }, ['Taken back: damage', 'Desfeito: dano', 'Отменено: урон']],
    [
      'redone',
      { what: 'combat.unheard-of' },
      ['Done again: the latest change', 'Refeito: a última mudança', 'Повторено: последнее изменение'],
    ],
  ])('%s says itself in three languages', (code, params, sentences) => {
    expect(inAll(code, params)).toEqual(sentences)
  })

  it('counts as Russian counts', () => {
    const counted = [1, 2, 5, 11, 12, 21, 22, 25, 101, 1_000].map((amount) =>
      sayLine({ code: 'healing', params: { name: 'Ана', amount } }, 'ru').replace(/^.*восстанавливает /, ''),
    )
    expect(counted).toEqual([
      '1 хит',
      '2 хита',
      '5 хитов',
      '11 хитов',
      '12 хитов',
      '21 хит',
      '22 хита',
      '25 хитов',
      '101 хит',
      '1\u00A0000 хитов',
    ])
    const temporary = [1, 2, 5].map((amount) =>
      sayLine({ code: 'temporary-hp', params: { name: 'Ана', amount } }, 'ru'),
    )
    expect(temporary).toEqual(['Ана: 1 временный хит', 'Ана: 2 временных хита', 'Ана: 5 временных хитов'])
  })

  it('has a sentence for every code, even with nothing to put into it', () => {
    for (const code of lineCodes)
      for (const sentence of inAll(code)) {
        expect(sentence.length).toBeGreaterThan(3)
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/)
      }
  })

  it('is different in each language', () => {
    for (const code of lineCodes) expect(new Set(inAll(code, { name: 'X', label: 'down' })).size).toBe(3)
  })

  it('in Russian has no Latin letter that nobody wrote', () => {
    const names = fc.constantFrom('Торин', 'Ана', '¡ñ!'.replace('ñ', 'ж'))
    fc.assert(
      fc.property(lineArbitrary(names), (line) => {
        expect(sayLine(line, 'ru')).not.toMatch(/\p{Script=Latin}/u)
      }),
      { numRuns: 3_000 },
    )
  })

  it('in English and Portuguese has no Cyrillic letter that nobody wrote', () => {
    fc.assert(
      fc.property(lineArbitrary(fc.constant('Ana')), (line) => {
        for (const language of ['en', 'pt-BR'] as const)
          expect(sayLine(line, language)).not.toMatch(/\p{Script=Cyrillic}/u)
      }),
      { numRuns: 1_000 },
    )
  })

  it('takes what players wrote as it is, whatever it looks like', () => {
    const names = fc.oneof(
      fc.constantFrom('{name}', '$&', '$1', '%s', '${amount}', '<b>', '__proto__', '@:home', "{'x'}"),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    )
    fc.assert(
      fc.property(names, fc.constantFrom(...languages), (name, language) => {
        expect(sayLine({ code: 'turn.began', params: { name } }, language)).toContain(name)
        expect(
          sayLine({ code: 'concentration.began', params: { name: 'X', spell: name } }, language),
        ).toEndWith(name)
        expect(sayLine({ code: 'died', params: { name } }, language)).toBe(
          sayLine({ code: 'died', params: { name: '\uE000' } }, language)
            .split('\uE000')
            .join(name),
        )
      }),
    )
  })

  it('does without what is missing or of another type than it should be', () => {
    const nonsense = fc.dictionary(
      fc.constantFrom(
        'name',
        'amount',
        'types',
        'condition',
        'from',
        'to',
        'result',
        'spell',
        'fields',
        'left',
      ),
      fc.oneof(
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(fc.string(), { maxLength: 3 }),
      ),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...lineCodes),
        nonsense,
        fc.constantFrom(...languages),
        (code, params, language) => {
          expect(sayLine({ code, params }, language)).not.toMatch(/undefined|\[object/)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('reads a code that is also a property of every object as a code', () => {
    expect(sayLine({ code: 'condition.gained', params: { name: 'X', condition: 'constructor' } }, 'en')).toBe(
      'X gains the constructor condition',
    )
  })
})

describe('a step of a "why"', () => {
  it.each<[Step, readonly [string, string, string]]>([
    [
      { step: 'raw', rule: 'R-10', from: 0, to: 19, params: { fire: 12, untyped: 7 } },
      [
        'To begin with: 19 (12 fire, 7 untyped)',
        'Para começar: 19 (fogo 12, sem tipo 7)',
        'Вначале: 19 (огонь 12, без вида 7)',
      ],
    ],
    [
      { step: 'resistance', rule: 'R-13', from: 25, to: 12.5, params: { type: 'fire' } },
      [
        'Resistance to fire, half of it: 25 → 12.5',
        'Resistência (fogo), metade: 25 → 12,5',
        'Сопротивление (огонь), половина: 25 → 12,5',
      ],
    ],
    [
      { step: 'adjustment', rule: 'R-13', from: 25, to: 20, params: { adjustment: -5 } },
      ['Adjustment −5: 25 → 20', 'Ajuste −5: 25 → 20', 'Поправка −5: 25 → 20'],
    ],
    [
      { step: 'temp-hp', rule: 'R-20', from: 7, to: 2, params: { absorbed: 5 } },
      [
        'Temporary hit points take 5: 7 → 2',
        'Pontos de vida temporários absorvem 5: 7 → 2',
        'Временные хиты поглощают 5: 7 → 2',
      ],
    ],
    [
      { step: 'to-hp', rule: 'R-20', from: 7, to: 13, params: { before: 20 } },
      ['Hit points: 20 → 13', 'Pontos de vida: 20 → 13', 'Хиты: 20 → 13'],
    ],
    [
      { step: 'massive-damage', rule: 'R-31', from: 0, to: 0, params: { left: 12, maximum: 12 } },
      [
        'Massive damage: 12 left over with a maximum of 12',
        'Dano massivo: sobram 12 com máximo de 12',
        'Огромный урон: сверх хитов 12 при максимуме 12',
      ],
    ],
    [
      { step: 'concentration-dc', rule: 'R-50', from: 22, to: 11 },
      [
        'Half of 22 damage, at least 10: DC 11',
        'Metade de 22 de dano, no mínimo 10: CD 11',
        'Половина от 22 урона, не меньше 10: Сл 11',
      ],
    ],
    [
      { step: 'hit-die', rule: 'R-75', from: 0, to: 7, params: { die: 'd8', face: 5, modifier: 2 } },
      [
        'Hit die d8: 5, modifier +2: 0 → 7',
        'Dado de vida d8: 5, modificador +2: 0 → 7',
        'Кость хитов к8: 5, модификатор +2: 0 → 7',
      ],
    ],
  ])('%j says itself in three languages', (step, sentences) => {
    expect(languages.map((language) => sayStep(step, language))).toEqual([...sentences])
  })

  it('has words for every code and every part of a number, in Russian without a Latin letter', () => {
    for (const step of stepCodes) {
      const sentences = languages.map((language) =>
        sayStep({ step, rule: 'R-1', from: 1, to: 2, params: { type: 'cold', die: 'd6' } }, language),
      )
      expect(new Set(sentences).size).toBe(3)
      expect(sentences.join(' ')).not.toMatch(/undefined|NaN/)
      expect(sentences[2]).not.toMatch(/\p{Script=Latin}/u)
    }
    for (const source of partSources) {
      const params = {
        ability: 'dex',
        condition: 'poisoned',
        proficiency: 'half',
        score: 14,
        factor: 15,
        level: 3,
      }
      const names = languages.map((language) => namePart({ source, params, amount: 2 }, language))
      expect(names.join(' ')).not.toMatch(/undefined|NaN/)
      expect(names[2]).not.toMatch(/\p{Script=Latin}/u)
    }
  })
})

describe('words', () => {
  it.each(languages)('in %s are there for every code, none twice within a list', (language) => {
    const { words, effects } = catalogueOf(language)
    for (const list of Object.values<Readonly<Record<string, string>>>({ ...words })) {
      expect(Object.values(list).every((word) => word.trim() === word && word !== '')).toBe(true)
      if (list === words.commands) continue
      expect(new Set(Object.values(list)).size).toBe(Object.keys(list).length)
    }
    expect(textsIn(effects).every((phrase) => phrase !== '')).toBe(true)
  })

  it('in Russian have no Latin letter', () => {
    const { words, effects } = catalogueOf('ru')
    expect(textsIn({ words, effects }).filter((text) => /\p{Script=Latin}/u.test(text))).toEqual([])
  })

  it('name every command that changes the game', () => {
    const named: readonly string[] = [...undoableCommands, 'character.roll']
    const changing = allCommands.map(({ name }) => name).filter((name) => /^(combat|character)\./.test(name))
    expect(changing.filter((name) => !named.includes(name))).toEqual([])
  })

  it('say what each condition means in both editions', () => {
    for (const edition of editions) {
      const effects = [
        ...conditions.flatMap((id) => conditionEffects(id, edition)),
        ...exhaustionEffects(6, edition),
      ]
      for (const effect of effects) {
        const phrases = languages.map((language) => sayEffect(effect, language))
        expect(new Set(phrases).size).toBe(3)
        expect(phrases.join(' ')).not.toMatch(/undefined|NaN/)
        expect(phrases[2]).not.toMatch(/\p{Script=Latin}/u)
      }
    }
    const [first] = conditionEffects('restrained', '2014').filter(
      (effect) => effect.effect === 'disadvantage' && effect.on === 'save',
    )
    expect(first && languages.map((language) => sayEffect(first, language))).toEqual([
      'Disadvantage: saving throws (Dexterity)',
      'Desvantagem: salvaguardas (Destreza)',
      'Помеха: спасброски (Ловкость)',
    ])
  })
})

describe('dice', () => {
  it.each([
    ['1d20+5', '1к20+5'],
    ['2d20kh1+5', '2к20вл1+5'],
    ['2d20kl1', '2к20вх1'],
    ['4d6dl1', '4к6dl1'],
    ['4dF', '4кF'],
    ['2d6+3 [cold d8 kh1]+1d6 [fire]', '2к6+3 [cold d8 kh1]+1к6 [fire]'],
    ['6x4d6kh3', '6x4к6вл3'],
    ['{1d20+5,1d20+2}kh1', '{1к20+5,1к20+2}вл1'],
    ['d8', 'к8'],
  ])('%s is %s in Russian, and itself elsewhere', (canonical, russian) => {
    expect(printDiceFor('ru', canonical)).toBe(russian)
    expect(printDiceFor('en', canonical)).toBe(canonical)
    expect(printDiceFor('pt-BR', canonical)).toBe(canonical)
  })

  it('printed in Russian read as themselves', () => {
    let read = 0
    fc.assert(
      fc.property(diceExpressionArbitrary, (expression) => {
        const canonical = printDice(expression)
        const parsed = parseDice(printDiceFor('ru', canonical))
        if ('error' in parsed) return expect(parseDice(canonical)).toEqual(parsed)
        read += 1
        expect(printDice(parsed.expression)).toBe(canonical)
      }),
      { numRuns: 1_000 },
    )
    expect(read).toBeGreaterThan(150)
  })

  it('that were rolled are a line too', () => {
    const rolled = {
      visibility: 'public',
      expression: '2d20kh1+5',
      label: 'Атака',
      result: { canonical: '2d20kh1+5', terms: [], outcomes: [], total: 1_022 },
    } as const
    expect(languages.map((language) => sayRoll(rolled, 'Ана', language))).toEqual([
      'Ана rolls 2d20kh1+5 (Атака): 1,022',
      'Ана rola 2d20kh1+5 (Атака): 1.022',
      'Ана бросает 2к20вл1+5 (Атака): 1\u00A0022',
    ])
    const repeated = { canonical: '2x1d6', terms: [], outcomes: [], totals: [3, 5] }
    expect(sayRoll({ visibility: 'gm', expression: '2x1d6', result: repeated }, 'Ana', 'en')).toBe(
      'Ana rolls 2x1d6: 3, 5',
    )
    expect(sayRoll({ visibility: 'blind', expression: '1d20', concealed: true }, 'Ana', 'pt-BR')).toBe(
      'Ana rola 1d20 às cegas',
    )
  })
})
