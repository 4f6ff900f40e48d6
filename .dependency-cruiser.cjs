// The walls of the house: who may import whom. `npm run check` refuses everything below, and tests/repo/walls.test.ts
// proves for each of these rules that it bites. ARCHITECTURE.md draws the picture.

/** Files that only ever run on a developer's machine. They may wire anything together. */
const tests = String.raw`(\.test|\.fake|-contract)\.ts$|(^|/)arbitrary-[^/]+\.ts$|/(testing|test-support)/|^tests/`
const ours = '^(packages|apps)/'
const browserSafe = '^(packages/(protocol|names|tabletop|client)|apps/web/src)/'
/** Adapters are named after their technology; migrations are SQL by nature. */
const sqlAdapters = String.raw`(^|/)sql-[^/]+\.ts$|/migrations/|-migrations\.ts$`
const redisAdapters = String.raw`(^|/)redis-[^/]+\.ts$`

/** A package may import itself and the packages named here; `allowed` is a part of a regular expression. */
const onlyImports = (name, allowed) => ({
  name: `${name}-imports-only-what-it-may`,
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: tests },
  to: { path: ours, pathNot: `^packages/(${[name, allowed].filter(Boolean).join('|')})/` },
})

module.exports = {
  forbidden: [
    {
      name: 'could-not-resolve',
      comment: 'An import that leads nowhere would slip through every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circular',
      comment: 'Cycles come from one file that knows everybody. Types count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    onlyImports('protocol', ''),
    onlyImports('storage', ''),
    onlyImports('coordination', ''),
    onlyImports('names', 'protocol'),
    onlyImports('web-kit', 'protocol'),
    onlyImports('process-kit', 'protocol'),
    onlyImports('client', 'protocol'),
    onlyImports('tokens', 'protocol|storage|coordination'),
    onlyImports('identity', 'protocol|names|tokens|storage|coordination|web-kit'),
    onlyImports('rooms', 'protocol|names|tokens|storage|coordination|web-kit'),
    onlyImports('sessions', 'protocol|names|tokens|storage|coordination|web-kit|rooms|tabletop'),
    {
      name: 'tabletop-sees-only-the-room-type',
      comment: 'A game is pure functions: of the server it knows the contract, nothing else.',
      severity: 'error',
      from: { path: '^packages/tabletop/', pathNot: tests },
      to: { path: ours, pathNot: String.raw`^packages/(tabletop|protocol)/|^packages/rooms/room-type\.ts$` },
    },
    {
      name: 'relay-sees-only-the-room-type',
      comment: 'The same for the room type that ships with the server.',
      severity: 'error',
      from: { path: '^packages/rooms/relay/', pathNot: tests },
      to: {
        path: ours,
        pathNot: String.raw`^packages/(rooms/relay|protocol)/|^packages/rooms/room-type\.ts$`,
      },
    },
    {
      name: 'rooms-never-import-identity',
      comment: 'They meet at a public key set; each runs without the other. Not even tests may cheat here.',
      severity: 'error',
      from: { path: '^packages/(rooms|sessions|tabletop)/' },
      to: { path: '^packages/identity/' },
    },
    {
      name: 'identity-never-imports-rooms',
      severity: 'error',
      from: { path: '^packages/identity/' },
      to: { path: '^packages/(rooms|sessions|tabletop)/' },
    },
    {
      name: 'only-sql-adapters-import-storage',
      comment: 'SQL lives in files called sql-*.ts and in migrations; apps open the database and hand it on.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/storage/|${sqlAdapters}|${tests}` },
      to: { path: '^packages/storage/' },
    },
    {
      name: 'only-redis-adapters-import-coordination',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/coordination/|${redisAdapters}|${tests}` },
      to: { path: '^packages/coordination/' },
    },
    {
      name: 'only-storage-knows-its-engines',
      comment: 'The choice of a database is made once.',
      severity: 'error',
      from: { path: ours, pathNot: `^packages/storage/|${tests}` },
      to: { path: '^bun:sqlite$|node_modules/kysely-postgres-js/' },
    },
    {
      name: 'only-coordination-knows-its-client',
      severity: 'error',
      from: { path: ours, pathNot: `^packages/coordination/|${tests}` },
      to: { path: 'node_modules/ioredis/' },
    },
    {
      name: 'browser-safe-means-no-server',
      comment:
        'These packages are shipped to browsers: no built-in of a server, and no package that needs one.',
      severity: 'error',
      from: { path: browserSafe, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-safe-means-no-server-package',
      severity: 'error',
      from: { path: browserSafe, pathNot: tests },
      to: {
        path: 'node_modules/(@hono|hono|ioredis|kysely|kysely-postgres-js|pino|prom-client|rate-limiter-flexible)/',
      },
    },
    {
      name: 'the-page-imports-only-what-browsers-run',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: tests },
      to: {
        path: ours,
        pathNot: String.raw`^apps/web/|^packages/(protocol|names|tabletop|client)/|^packages/rooms/room-type\.ts$`,
      },
    },
    {
      name: 'only-apps-import-process-kit',
      comment: 'The real clock, chance and log enter where a process starts, and are handed on from there.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/process-kit/|${tests}` },
      to: { path: '^packages/process-kit/' },
    },
    {
      name: 'packages-never-import-apps',
      comment: 'Apps are wiring. Whatever a package needs of one is handed to it.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'the-product-never-imports-tests',
      severity: 'error',
      from: { path: ours, pathNot: tests },
      to: { path: `${tests}|^scripts/|^tools/` },
    },
    {
      name: 'declared-packages-only',
      comment: 'What a package imports stands in its own package.json; hoisting would hide that it does not.',
      severity: 'error',
      from: { path: ours, pathNot: String.raw`${tests}|\.config\.ts$` },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    // Type-only imports count: a wall that lets types through is a picture of a wall.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`/dist/|^tools/bench/|^data/|\.generated\.ts$` },
    builtInModules: { add: ['bun', 'bun:sqlite', 'bun:test', 'bun:ffi', 'bun:jsc'] },
    enhancedResolveOptions: {
      // Without these two, `@innkeeper/rooms/room-type` leads nowhere and no rule ever sees it.
      exportsFields: ['exports'],
      conditionNames: ['bun', 'import', 'types', 'default'],
      extensions: ['.ts', '.d.ts', '.js', '.mjs', '.cjs', '.vue', '.json', '.css'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
