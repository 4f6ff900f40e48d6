import type { HttpApp } from './http-app'

/** Names the scheme `identityToken` in the app's document, for its routes' `security`. */
export function registerIdentityToken(app: HttpApp): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'identityToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An identity token. Rooms and tickets take it in the header `tokenJwt` as well, `/auth/…` here alone.',
  })
}
