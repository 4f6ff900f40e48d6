// `npm run dev`: the server restarts when its code changes, the page reloads by itself at http://127.0.0.1:5173.
import { fileURLToPath } from 'node:url'

const pageOrigins = ['http://127.0.0.1:5173', 'http://localhost:5173']
const root = fileURLToPath(new URL('..', import.meta.url))
const stdio = ['inherit', 'inherit', 'inherit'] as const
const env = {
  ...process.env,
  ALLOWED_ORIGINS: [process.env['ALLOWED_ORIGINS'], ...pageOrigins].filter(Boolean).join(','),
}

const server = Bun.spawn([process.execPath, '--watch', '--no-clear-screen', 'scripts/start.ts'], {
  cwd: root,
  env,
  stdio: [...stdio],
})
const page = Bun.spawn(
  [process.execPath, 'x', 'vite', 'dev', '--host', '127.0.0.1', '--port', '5173', '--strictPort'],
  {
    cwd: `${root}apps/web`,
    env,
    stdio: [...stdio],
  },
)
const children = [server, page]

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
  })
}
// Whichever ends first takes the other with it: half of them is no working place.
await Promise.race(children.map((child) => child.exited))
for (const child of children) child.kill()
const codes = await Promise.all(children.map((child) => child.exited))
process.exitCode = Math.max(...codes)
