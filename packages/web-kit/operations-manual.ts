import { problems } from '@innkeeper/protocol/problems'
import type { ApiManual } from './api-document'

/** What the routes that every service has are about. */
export const operationsManual: ApiManual = {
  tags: {
    operations: 'Whether the server lives, whether it can serve, and its measurements.',
    problems: 'What the `type` of a problem leads to.',
  },
  bodies: {},
  answers: {
    Health: { status: 'ok' },
    Readiness: { status: 'ready', checks: { database: 'ok' } },
    ProblemKind: { type: '/problems/room-full', ...problems['room-full'] },
    'GET /metrics':
      '# HELP innkeeper_rooms_open Rooms on this node\n# TYPE innkeeper_rooms_open gauge\ninnkeeper_rooms_open 3\n',
  },
}
