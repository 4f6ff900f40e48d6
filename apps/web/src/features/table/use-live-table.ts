import { channelAddress } from '@innkeeper/client/address'
import { CommandRefused } from '@innkeeper/client/outbox'
import { closeCodes } from '@innkeeper/protocol/close-codes'
import { useI18n } from 'vue-i18n'
import { useApi } from '../../services/api'
import { useProblemText } from '../../services/problem-text'
import type { Seat } from '../../services/seat'
import { localCommands } from '../../services/seat-storage'
import { type AwayReason, useSession } from '../../stores/session'
import { useLiveRoom } from './live-room'
import { useNotices } from './use-notices'

/**
 * One seat's live table: connected while the page that uses it is shown. What ends the seat signs it out. Commands that
 * wait survive a reload.
 */
export function useLiveTable(seat: Seat) {
  const session = useSession()
  const { seatKeeper, checkSeat } = useApi()
  const notices = useNotices()
  const toText = useProblemText()
  const { t } = useI18n()

  /** The socket says that the seat is gone; the refresh says why, and signs it out with that reason. */
  async function giveUp(): Promise<void> {
    if (session.holds(seat)) await checkSeat().catch(() => {})
    leave('revoked')
  }

  /** This seat alone: another tab may sit at another table by now. */
  function leave(reason: AwayReason): void {
    if (session.holds(seat)) session.leave(reason)
  }

  return useLiveRoom({
    address() {
      // The channel has a token of its own, so it does not wait: but a sign-in that has ended shows now and not later.
      void seatKeeper.freshen()
      return channelAddress(location.origin, seat.channelToken)
    },
    storage: localCommands(seat),
    onRefused: (_command, problem) =>
      notices.say(t('connection.refusedLater', { why: toText(new CommandRefused(problem)) })),
    onLost: (commands) => notices.say(t('connection.lostLater', commands.length)),
    onEnded({ code }) {
      if (code === closeCodes.roomClosed) leave('closed')
      if (code === closeCodes.ticketInvalid || code === closeCodes.revoked) void giveUp()
    },
  })
}

/** A table as its page has it. */
export type LiveTable = ReturnType<typeof useLiveTable>
