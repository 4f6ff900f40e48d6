/** Whom the examples of the documents are about. Tests put those of a real table in their place. */
export const exampleIds = {
  room: '6f1f9a52-7d0e-4b6e-9a55-0c6f2f1f7a10',
  gm: '0b9b5a8e-3d57-4d0a-8f2b-6a4f0e1c9d21',
  player: '7c2d1e60-94f3-4a1b-b0de-58c1a3f7e932',
  /** A character, which fights under the same id. */
  hero: '3e8a7b14-5c29-4f6d-a1e7-92d4c6b8f043',
  monster: 'a4d6c8e2-1b3f-4e57-96c0-7f8e9d0a1b54',
  condition: 'c5e7f901-2d4b-4a68-8e1f-3b5d7f9a0c65',
  check: 'd6f80a12-3e5c-4b79-9f20-4c6e8a0b1d76',
} as const
