/**
 * Every limit, with its unit. A limit that an operator may want to move is a setting as well (see the README);
 * these are what a fresh start uses. Each is tested at the limit and one past it.
 */
export const limits = {
  /** A compact JWS; longer ones are refused before a byte is decoded. */
  tokenChars: 4096,
  /** An HTTP body. */
  bodyBytes: 64 * 1024,
  /** The one that brings a whole table. */
  importBytes: 8 * 1024 * 1024,
  /** A frame from a client. Room types may ask for less. */
  frameBytes: 64 * 1024,
  /** A command's id, as the client chooses it. */
  commandIdChars: 64,
  /** A command's or event's name. */
  commandNameChars: 64,
  /** Frames that may wait while a socket is still entering. */
  enteringFrames: 32,
  /** The offered `Sec-WebSocket-Protocol` header. */
  subprotocolBytes: 8 * 1024,
  subprotocolCount: 16,
  /** Events that a room keeps for `since`. */
  ringEvents: 1024,
  /** The same in bytes of JSON: whichever is reached first. */
  ringBytes: 1024 * 1024,
  /** Events of the journal that one page of a history looks at. */
  historyRows: 2_000,
  /** A snapshot is kept every so many events. */
  snapshotEvents: 500,
  /** An empty room is put away after this: a ring room ends, a durable one is opened again when somebody comes. */
  ringRoomIdleMs: 60 * 60 * 1000,
  durableRoomIdleMs: 5 * 60 * 1000,
  /** What may wait for a slow reader before it is closed with 4508, and the hard end. */
  slowReaderBytes: 512 * 1024,
  backpressureBytes: 1024 * 1024,
  /** Without a hello frame a socket without a ticket is closed with 4408. */
  helloMs: 5_000,
  /** A duplicate connection waits this long for the incumbent to answer. */
  probeMs: 1_500,
  /** A player whose line dropped counts as away for this long, then as gone. */
  awayMs: 30_000,
  /** A node that leads a socket to another waits this long for it. */
  relayConnectMs: 3_000,
  /** A silent peer is gone after this. */
  socketIdleSeconds: 30,
  /** Presence lapses this long after its last heartbeat; the heartbeat runs three times as often. */
  presenceTtlMs: 45_000,
  presenceHeartbeatMs: 15_000,
  /** Before a ticket ends, its holder is told; after it, the socket stays a moment. */
  expiringBeforeMs: 120_000,
  expiredGraceMs: 30_000,
  /** What a player may be called. */
  nickMinGraphemes: 2,
  nickMaxGraphemes: 20,
  /** A room's name, in graphemes. */
  roomNameGraphemes: 60,
  /** Players in one room, at most and when nothing is said. */
  roomPlayersMax: 1_000,
  roomPlayersDefault: 100,
  /** Those who only look on, beside the players. */
  watchersPerRoom: 16,
  /** A room's options, as JSON. */
  roomOptionsChars: 4 * 1024,
  /** Players that are banned from one room, or were kicked out of it. */
  exclusionsPerRoom: 1_000,
  /** Rooms of one owner that are open at once. */
  roomsPerOwner: 100,
  /** Rooms in one page of the listing. */
  roomsPerPage: 50,
  /** A ban without `minutes` lasts this long; a longer one cannot be asked for. */
  banMinutesMax: 60 * 24 * 365,
} as const
