import { closeCodes, mayComeBack } from '@innkeeper/protocol/close-codes'

const meanings: Readonly<Record<keyof typeof closeCodes, string>> = {
  badFrame: 'What the client sent is no frame, or not one for now',
  ticketInvalid: 'The ticket or token is not valid, or has expired: get a new one',
  revoked: 'Sent out, banned, signed out, or this is another room’s ticket',
  roomClosed: 'There is no such room any more',
  noHello: 'No `hello` came in time',
  alreadyConnected:
    'This player is connected already (`takeover=true` closes the other device), or the room is full',
  replaced: 'Another device of this player has taken over',
  tooLarge: 'A frame was too large',
  tooMany: 'Too many frames, or too many sockets',
  serverError: 'Something went wrong on our side',
  draining: 'This node is going away, or the room has moved',
  recovering: 'The room is being recovered',
  tooSlow: 'The client reads too slowly: what it missed follows when it resumes',
}

/** Every close code that the server gives, and what a client does then. */
export const describedCloseCodes = Object.entries(meanings).map(([name, meaning]) => {
  const code = closeCodes[parseName(name)]
  return { code, name, meaning, mayComeBack: mayComeBack(code) }
})

/** The same to read, in Markdown. */
export function closeCodeTable(): string {
  return [
    'A close has a code, and as its reason the JSON of `CloseReason`. Below 4500: do something first. From 4500: come back,',
    'after `retryAfterMs` of the reason.',
    '',
    '| code | name | meaning | come back |',
    '| --- | --- | --- | --- |',
    ...describedCloseCodes.map(
      ({ code, name, meaning, mayComeBack: isWelcome }) =>
        `| ${code} | \`${name}\` | ${meaning} | ${isWelcome ? 'yes' : 'no'} |`,
    ),
  ].join('\n')
}

/** `Object.entries` forgets which keys there are. */
function parseName(name: string): keyof typeof closeCodes {
  return name as keyof typeof closeCodes
}
