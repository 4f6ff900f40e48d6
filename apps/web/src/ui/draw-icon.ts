import { type FunctionalComponent, h } from 'vue'

/** A picture as Lucide keeps it: its strokes, each an element with attributes. */
export interface IconData {
  readonly node: readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[]
}

/**
 * Draws a picture of Lucide; the build puts this in place of Lucide's own function. That one makes two components of
 * each picture and reads a dozen settings that nobody here sets, which is felt where a desk shows a hundred of them.
 * Strokes and size come from the class `icon` in theme.css, and classes change them: the props that the library's types
 * still offer do nothing.
 */
export function drawIcon({ node }: IconData): FunctionalComponent<{ class?: unknown }> {
  const draw: FunctionalComponent<{ class?: unknown }> = (given) =>
    h(
      'svg',
      { viewBox: '0 0 24 24', ...given, class: ['icon', given.class] },
      node.map(([tag, attributes]) => h(tag, attributes)),
    )
  // All that is given stands in the picture already.
  draw.inheritAttrs = false
  return draw
}
