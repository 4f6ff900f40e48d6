// For tools that read TypeScript without reading Vue files; vue-tsc knows the real types.
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}

/** The version of the page, from package.json at build time. */
declare const __INNKEEPER_VERSION__: string
