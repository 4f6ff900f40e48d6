import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin, type ProxyOptions } from 'vite'
import { version } from './package.json'
import { compileAhead } from './compile-ahead-plugin'
import { groups, isSoughtAtOnce, listDependencies } from './page-files'
import { serviceWorker } from './service-worker-plugin'

const server = 'http://127.0.0.1:7777'
// The server checks which page speaks to it, so the proxy speaks as the server's own page.
const forward: ProxyOptions = { target: server, headers: { origin: server } }
const requests = ['/api', '/auth', '/rooms', '/getTicket']
const sockets = ['/ws', '/enterRoom']

/** The server says everything in three languages, the page in the one that its player reads: the others stay there. */
const oneLanguage: Plugin = {
  name: 'one-language',
  enforce: 'pre',
  resolveId: (source) =>
    /\/catalogue-of$/.test(source)
      ? fileURLToPath(new URL('src/i18n/spoken-catalogues.ts', import.meta.url))
      : undefined,
}

/** Every browser has XMLHttpRequest: axios never comes to the adapter that stands behind it, which is a tenth of it. */
const oneAdapter: Plugin = {
  name: 'one-adapter',
  enforce: 'pre',
  load: (id) =>
    /\/axios\/lib\/adapters\/fetch\.js$/.test(id) ? 'export const getFetch = () => null' : undefined,
}

/** A line of a picture, with the random key that it carries for lists that change; ours do not. */
const line = /\[\s*"path",\s*\{\s*d:\s*"([^"]+)"(?:,\s*key:\s*"\w+")?\s*\}\s*\],?/g
/** What nobody here asks a picture about. */
const unasked = /,\s*key: "\w+"|\b(?:name: "[^"]*"|size: 24),|,\s*aliases: \[[^\]]*\]/g

/** @returns the code of a picture with all its lines in one path: an element less for each, and nothing else to see */
function joinLines(code: string): string {
  // A small m counts from where the line before it has ended, unless told where to begin.
  const lines = Array.from(code.matchAll(line), ([, drawn = '']) => drawn.replace(/^m/, 'M0 0m'))
  const joined = lines.length === 0 ? '' : `["path", { d: "${lines.join('')}" }],`
  return code.replace(line, '').replace(/node: \[/, (start) => start + joined)
}

/** Pictures as a page with a hundred of them wants them: see `drawIcon`. */
const lightIcons: Plugin = {
  name: 'light-icons',
  enforce: 'pre',
  load: (id) =>
    /\/@lucide\/vue\/.*\/createLucideIcon\.mjs$/.test(id)
      ? `export { drawIcon as default } from ${JSON.stringify(fileURLToPath(new URL('src/ui/draw-icon.ts', import.meta.url)))}`
      : undefined,
  transform: (code, id) =>
    /\/@lucide\/vue\/.*\/icons\//.test(id)
      ? { code: joinLines(code).replace(unasked, ''), map: null }
      : undefined,
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    oneLanguage,
    oneAdapter,
    lightIcons,
    vue(),
    tailwindcss(),
    serviceWorker(),
    compileAhead(isSoughtAtOnce),
  ],
  define: {
    __INNKEEPER_VERSION__: JSON.stringify(version),
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    // i18n/compile-text.ts does what our texts need of it.
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  build: {
    target: 'es2023',
    // The page runs under a policy without inline scripts; every browser of this target preloads modules by itself.
    modulePreload: { polyfill: false, resolveDependencies: listDependencies },
    assetsInlineLimit: 0,
    // The styles of single parts are a few hundred bytes each, and a request.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    proxy: {
      ...Object.fromEntries(requests.map((path): [string, ProxyOptions] => [path, forward])),
      ...Object.fromEntries(sockets.map((path): [string, ProxyOptions] => [path, { ...forward, ws: true }])),
    },
  },
})
