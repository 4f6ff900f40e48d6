import jsqr from 'jsqr'
import type { Browser, Locator } from 'playwright-core'

/** Runs in an empty page: the pixels of a picture, each as `1` where it is dark. */
const readPixels = `async (png) => {
  const image = new Image()
  image.src = 'data:image/png;base64,' + png
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const dark = Array.from({ length: data.length / 4 }, (_, at) => (data[at * 4 + 1] < 128 ? '1' : '0'))
  return { width: image.width, height: image.height, dark: dark.join('') }
}`

/** @returns what a camera reads in a part of the page; undefined when it sees no QR code */
export async function scanQr(browser: Browser, part: Locator): Promise<string | undefined> {
  const png = (await part.screenshot()).toString('base64')
  const page = await browser.newPage()
  try {
    const { width, height, dark } = await page.evaluate<{
      readonly width: number
      readonly height: number
      readonly dark: string
    }>(`(${readPixels})(${JSON.stringify(png)})`)
    const pixels = new Uint8ClampedArray(dark.length * 4).fill(255)
    for (const { index } of dark.matchAll(/1/g)) pixels.fill(0, index * 4, index * 4 + 3)
    return jsqr(pixels, width, height)?.data
  } finally {
    await page.close()
  }
}
