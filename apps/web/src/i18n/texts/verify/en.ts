export const verifyEn = {
  title: 'Were the dice fair?',
  how: {
    commit:
      'Before its first roll the table picks a secret number and shows everyone its seal, which fits no other.',
    roll: 'Every face follows from that secret, the number of the roll and a share that the roller adds: nobody can choose it.',
    reveal:
      'Once the secret is open it is checked against the seal, and your own browser rolls everything again, right here.',
  },
  checkTable: 'Check this table',
  file: 'Check a file',
  fileHint:
    'Choose or drop the document that the table gives out at /api/dice/fairness. It is not sent anywhere.',
  back: 'Back to the table',
  busy: 'Rolling everything again…',
  noDocument: '{file} is not a document of a table’s dice.',
  fine: '{n} roll fell as it was shown. | {n} rolls fell as they were shown.',
  wrong: '{n} roll does not add up. | {n} rolls do not add up.',
  nothing: 'There is nothing to check yet.',
  sealed:
    '{n} roll waits until its secret is open: the game master opens it at the table. | {n} rolls wait until their secret is open: the game master opens it at the table.',
  roll: 'Roll {roll} of secret {seed}',
  verdict: {
    ok: 'It fell as it was shown.',
    mismatch: 'The dice did not fall like that.',
    'not-revealed': 'Its secret is not open yet.',
    'bad-commitment': 'The secret does not fit its seal.',
  },
  shown: 'shown: {faces}',
  fell: 'fell: {faces}',
  more: 'And {n} more. | And {n} more.',
  repeated: 'Roll {roll} of secret {seed} is there more than once.',
  missing: 'Not in this document, because others rolled them in secret or they were left out: {rolls}.',
  seeds: 'Secrets of the dice',
  seed: 'Secret {number}',
  open: 'open',
  inUse: 'in use',
  checkSeed: 'Check its rolls',
  commit: 'Seal (SHA-256)',
  secret: 'Secret',
}
