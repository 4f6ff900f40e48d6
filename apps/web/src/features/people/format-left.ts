/** @returns how long something still lasts, as a clock that runs down: `4:59`, `1:02:03`; `0:00` when it is over */
export function formatLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.floor(leftMs / 1_000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
