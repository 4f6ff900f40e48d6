import { lazily } from './lazily'

const loadSegmenter = lazily(() => new Intl.Segmenter('en', { granularity: 'grapheme' }))

// One code unit, one grapheme: Latin, Greek, Cyrillic, Hebrew, kana, Han and whole Hangul syllables, without marks.
const oneUnitEach =
  /^[\x20-\x7e\xa1-\u02ff\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u1e00-\u1eff\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3]*$/u

/** How many characters a reader counts; an emoji is one, however long its sequence. */
export function countGraphemes(text: string): number {
  if (oneUnitEach.test(text)) return text.length
  return Array.from(loadSegmenter().segment(text)).length
}

/** @returns the first `count` characters that a reader sees, never half an emoji or a letter without its marks */
export function firstGraphemes(text: string, count: number): string {
  if (oneUnitEach.test(text)) return text.slice(0, count)
  let taken = ''
  let left = count
  for (const { segment } of loadSegmenter().segment(text)) {
    if (left-- <= 0) break
    taken += segment
  }
  return taken
}
