export const awayEn = {
  revoked:
    'Your seat was taken back with its recovery key, or you were asked to leave. Join again to take a seat.',
  expired: 'You were away for too long, so your sign-in has ended. Join again to take a seat.',
  reused:
    'An old key to your seat was used again, perhaps by somebody else, so every device was signed out. Your recovery key brings you back.',
  closed: 'This table has been closed.',
}
