import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

const entry = fileURLToPath(new URL('src/features/offline/service-worker.ts', import.meta.url))

/** Writes `sw.js` beside the built page: the service worker, with the list of all files of this very build in it. */
export function serviceWorker(): Plugin {
  return {
    name: 'innkeeper-service-worker',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir === undefined) return
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { __PAGE_BUILD__: JSON.stringify(describeBuild(dir)) },
        build: {
          outDir: dir,
          emptyOutDir: false,
          target: 'es2023',
          modulePreload: false,
          // Alone in its file: a browser installs a worker as one script.
          rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}

/** @returns every file of a built page by its address, and a version that changes with any of them */
function describeBuild(folder: string): { readonly version: string; readonly files: readonly string[] } {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()
  const hash = createHash('sha256')
  for (const path of paths) hash.update(relative(folder, path)).update(readFileSync(path))
  const addresses = paths.map((path) => `/${relative(folder, path).replaceAll('\\', '/')}`)
  return {
    version: hash.digest('hex').slice(0, 16),
    files: addresses.map((address) => (address === '/index.html' ? '/' : address)),
  }
}
