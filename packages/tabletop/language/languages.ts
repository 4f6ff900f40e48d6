/** The languages that a table can be read in. */
export const languages = ['en', 'pt-BR', 'ru'] as const
export type Language = (typeof languages)[number]
