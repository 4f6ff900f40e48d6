const noOauth = 'there is no sign-in through other providers'
const noMail = 'accounts have no e-mail address, and no message with a link is ever sent'

/** Why a case has no test. A case that a test cites needs no reason, and one without either is open. */
export const notTested: Readonly<Record<number, string>> = {
  109: 'there are no one-time tickets: presence decides who gets in, see cases 107 and 116',
  115: 'TLS ends at the proxy in front; the process itself listens on loopback unless told otherwise',
  159: noMail,
  160: `${noMail}; a taken username is said to be taken, and registration is rate limited`,
  161: noMail,
  162: noOauth,
  164: 'there are no passkeys',
}
