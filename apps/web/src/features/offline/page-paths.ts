/** The first parts of the page's addresses, as the router has them. Every other address is the server's. */
export const pagePaths = ['', 'j', 'table', 'screen', 'account', 'about', 'verify'] as const

/** @returns whether an address opened in the browser shows the page */
export function isPagePath(pathname: string): boolean {
  const [, first = ''] = pathname.split('/')
  return pagePaths.some((path) => path === first)
}
