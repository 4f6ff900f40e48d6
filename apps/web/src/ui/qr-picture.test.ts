import { expect, it } from 'bun:test'
import jsqr from 'jsqr'
import { toQrPicture } from './qr-picture'

/** Draws a picture as a browser would, four pixels a module, and reads it as a camera would. */
function scan(text: string): string | undefined {
  const { size, path } = toQrPicture(text)
  const scale = 4
  const side = size * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * side + Number(x) * scale) * 4
      const to = from + Number(width) * scale * 4
      for (let at = from; at < to; at += 4) pixels.fill(0, at, at + 3)
    }
  }
  return jsqr(pixels, side, side, { inversionAttempts: 'dontInvert' })?.data
}

it.each([
  ['https://inn.example/j/QX7M2KDP'],
  ['http://192.168.178.23:7777/j/ZE3GE5RK'],
  ['https://a-much-longer-name.of-some-server.example:8443/j/WTDWQ53J'],
])('is read back as %p, which went in', (link) => {
  expect(scan(link)).toBe(link)
})

it('has four modules of light on every side', () => {
  const { size, path } = toQrPicture('https://inn.example/j/QX7M2KDP')
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number))
  expect(Math.min(...runs.flatMap(([x, y]) => [x ?? 0, y ?? 0]))).toBe(4)
  expect(Math.max(...runs.map(([x, , width]) => (x ?? 0) + (width ?? 0)))).toBe(size - 4)
})
