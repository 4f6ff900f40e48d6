/** Which files the page is made of: what a first look fetches, and what comes along with it. */

const page = /\/[\w-]+-page-[\w-]{8}\.js$/

/** Languages and the panels of a first look, as their files are called. */
const partOfFirstLook =
  /\/(?:(?:dice|fight|log|party)-panel|claims-banner|sheet-view|en|pt-br|ru)-[\w-]{8}\.js$/

/** What every page has fetched before it runs: its own code, and what it shares with all others. */
const fetchedByNow = /\/(?:index|rolldown-runtime|vue|house|table)-[\w-]{8}\.js$/

/** @returns whether a first look fetches this file without waiting for a tap */
export function isSoughtAtOnce(file: string): boolean {
  return page.test(file) || partOfFirstLook.test(file)
}

/**
 * Whoever may fetch a part has a list of the files to fetch along with it, which is half names that nothing compresses,
 * and an element is made for each. Only pages need one: what the other parts need, their page has fetched.
 */
export function listDependencies(
  file: string,
  dependencies: string[],
  { hostType }: { readonly hostType: 'html' | 'js' },
): string[] {
  if (hostType === 'html') return dependencies
  return page.test(file) ? dependencies.filter((dependency) => !fetchedByNow.test(dependency)) : []
}

const neededEverywhere = isOneOf([
  ...['services/parse', 'services/problem-text', 'client/outbox', 'client/page-signals'],
  ...['client/web-platform', 'i18n/format-clock', 'i18n/format-day', 'ui/format-code', 'ui/use-copied'],
  ...['ui/use-media', 'ui/inn-sign', 'ui/language-select', 'icons/sparkles', 'icons/x', 'table/parse-table'],
  ...['language/languages', 'language/print-dice-for', 'language/speech', 'language/step-params'],
  ...['dice/dice-errors'],
])
const neededByPanels = isOneOf([
  ...['table/creatures', 'table/log', 'rules/life', 'rules/hit-points', 'rules/condition-effects'],
  ...['characters/explained', 'characters/sheet', 'dice/print-dice', 'characters/damage-notation'],
  ...['table/use-command', 'combat/death-saves', 'log/say-command', 'log/why-button'],
])
const neededAtTables = isOneOf([
  ...['table/live-room', 'table/frozen-room', 'table/command-note', 'people/table-api'],
  ...['table/own-of', 'table/log-lines', 'combat/order', 'combat/fight-order', 'combat/use-fight-command'],
  ...['combat/use-wake-lock', 'characters/late-sheets', 'characters/use-character-command'],
  ...['characters/derived', 'characters/condition-names', 'characters/owner-mark', 'characters/life-marks'],
  ...['characters/hit-points-line', 'editor/sheet-fields', 'dice/die-shape', 'dice/to-roll-view'],
  ...['log/use-check-text', 'log/roll-card', 'language/say-roll', 'ui/use-painted', 'i18n/by-alphabet'],
])

function isOneOf(modules: readonly string[]): (id: string) => boolean {
  return (id) => modules.some((module) => id.includes(`/${module}.`))
}

/**
 * Small modules that come in one file: alone, each costs a request, and a slow processor milliseconds, for a few hundred
 * bytes. First what every page needs, then what the panels of a first look have in common, then what is at every table.
 */
export const groups = [
  { name: 'vue', test: /\/node_modules\/@vue\/|plugin-vue:export-helper/ },
  { name: 'house', test: neededEverywhere },
  { name: 'table', test: neededByPanels, minShareCount: 2 },
  { name: 'seat', test: neededAtTables, minShareCount: 2 },
  // A picture that two parts share would be a file of its own, with more around it than in it.
  { name: 'icons', test: /\/@lucide\/vue\/|\/draw-icon\.ts$/, minShareCount: 2 },
]
