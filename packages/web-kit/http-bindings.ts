/** What the server hands over with a request: Bun's `Server` fits, a test may leave it empty. */
export interface HttpBindings {
  requestIP?(request: Request): { readonly address: string } | null
}
