import { AppError } from '@innkeeper/protocol/problems'
import type { Refusal } from '../room-type'

/** A rule's no, as the error that HTTP and `reject` frames are made of. */
export function toAppError(refusal: Refusal): AppError {
  return new AppError(refusal.refused, refusal.detail, refusal.extras)
}
