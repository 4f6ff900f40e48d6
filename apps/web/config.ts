/**
 * The environment of a build. Whoever asks for one may themselves run under `NODE_ENV=test`, and a page made under
 * that name is half as big again: it carries the frameworks' development builds.
 */
export const buildEnvironment = { ...process.env, NODE_ENV: 'production' }
