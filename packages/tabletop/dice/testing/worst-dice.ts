import { diceLimits } from '../dice-limits'

/** The longest text that is read: `piece` as often as it goes between `begin` and `end`. */
function filled(begin: string, piece: string, end: string): string {
  const times = Math.floor((diceLimits.characters - begin.length - end.length) / piece.length)
  return begin + piece.repeat(times) + end
}

/**
 * Legal expressions that ask as much of the roller as they can, each in a way of its own. For benchmarks, and for tests
 * that nothing legal takes long.
 */
export const worstDice: readonly string[] = [
  // The most dice, the most sorting.
  '200d1000',
  '200d1000kh100',
  '12x16d1000dl4dh4',
  '200d1000min400max600>=500f<=450',
  // As many rerolls and explosions as chance allows; some are refused on the way.
  '150d1000!p>=800kl70',
  '100d2!!',
  '66d1000rr<=600',
  '1d1000!>=5',
  // Conditions to ask of every face.
  `100d1000${'ro1'.repeat(64)}`,
  // Terms, entries and arithmetic.
  filled('', '1d6+', '1d6'),
  `12x${'1d9+'.repeat(15)}1d9`,
  `{${'d6,'.repeat(59)}d6}kh30`,
  `12x{${'3d8,'.repeat(4)}4d8}kl3`,
  '12x{{4d6,4d6}kh1,4d6,4d6}kl2',
  // Fractions that grow, as nothing is rounded on the way.
  filled('12x1d6', '*1.000001', ''),
  filled('12x1d6', '/1.000001', ''),
  `12x1d9${'/(1d9+9)'.repeat(15)}`,
  '12x(1d7)**7/(1d7)**7',
  `12x${'round(('.repeat(8)}1d6/7${')/7)'.repeat(8)}`,
  // Texts to carry along.
  filled('', '1d6[тип]+', '1d6 # всё'),
]
