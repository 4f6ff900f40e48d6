/** Every challenge rating there is, as a number and as it is written. */
export const challengeRatings: readonly (readonly [rating: number, text: string])[] = [
  [0, '0'],
  [0.125, '1/8'],
  [0.25, '1/4'],
  [0.5, '1/2'],
  ...Array.from({ length: 30 }, (_, index) => [index + 1, String(index + 1)] as const),
]
