import { it, expect } from 'bun:test'
import { startTestServer } from '/work/main/tests/support/start-server'
it('x', async () => {
  const t0 = performance.now()
  const s = await startTestServer()
  console.log('start', performance.now() - t0)
  const a = await s.register()
  console.log('reg', performance.now() - t0)
  const room = await s.room(a)
  const sock = await s.join(room, await s.ticket(room, a))
  sock.command('a', 'hi')
  console.log(await sock.next('event'))
  await sock.close()
  await s.stop()
  console.log('stop', performance.now() - t0, sock.end)
})
