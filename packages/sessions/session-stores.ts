import type { LinkedSeats } from './accounts/linked-seats'
import type { ClaimBook } from './claims/claim-book'
import type { PairingCodes } from './devices/pairing-codes'
import type { Seats } from './seats/seats'
import type { TableBook } from './seats/table-book'

/** Everything that sessions keep. */
export interface SessionStores {
  readonly seats: Seats
  readonly book: TableBook
  readonly linkedSeats: LinkedSeats
  readonly claimBook: ClaimBook
  readonly pairingCodes: PairingCodes
}
