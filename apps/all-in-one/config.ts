import type { Environment } from '@innkeeper/web-kit/settings'

/** The one look at the process' environment. */
export const environment: Environment = process.env
