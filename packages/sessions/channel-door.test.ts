import { expect, it } from 'bun:test'
import { onDatabases, type OpenSessions } from './testing/on-databases'
import { joinTable, openTable } from './testing/table'

onDatabases('the door of /ws', (open: OpenSessions) => {
  it('leads the holder of a channel token to their seat', async () => {
    const under = await open()
    const gm = await openTable(under)
    const player = await joinTable(under, gm.session.code, 'Торин')
    const { signIn } = await under.sessions.authenticator.authenticate(player.accessToken)
    expect(await under.sessions.channelDoor.open(player.token, undefined)).toEqual({
      roomId: gm.session.id,
      player: expect.objectContaining({ uuid: player.player.uuid, nick: 'Торин', role: 'player' }),
      signIn,
      issuedAt: under.now(),
    })
  })

  it('turns away whatever is no channel token, with one answer', async () => {
    const under = await open()
    const gm = await openTable(under)
    const others = ['3b241101-e2bb-4255-8caf-4136c566a962', '', "' OR 1=1--", 'x'.repeat(100_000)]
    const own = [
      gm.player.uuid,
      gm.session.id,
      gm.accessToken,
      gm.recoveryKey,
      gm.token.toUpperCase(),
      `${gm.token} `,
    ]
    for (const credential of [...others, ...own]) {
      const answer = await under.sessions.channelDoor.open(credential, undefined)
      expect(answer).toEqual({ turned: 4401, problem: 'token-invalid' })
    }
  })

  it('stays shut for a sign-in that ended, also when nobody remembers its end any more', async () => {
    const under = await open()
    const gm = await openTable(under)
    under.advance(31 * 86_400_000)
    const answer = await under.sessions.channelDoor.open(gm.token, undefined)
    expect(answer).toEqual({ turned: 4401, problem: 'token-invalid' })
  })
})

onDatabases('access tokens at the ticket desk', (open: OpenSessions) => {
  it('open the room of their session and no other', async () => {
    const under = await open()
    const [gm, other] = [await openTable(under), await openTable(under)]
    const holder = await under.sessions.authenticator.authenticate(gm.accessToken)
    expect(holder).toMatchObject({ uuid: gm.player.uuid, nick: 'Mira', onlyRoom: gm.session.id })
    const { ticket } = await under.desk.issueTo(holder, gm.session.id, () => false)
    expect(ticket.split('.')).toHaveLength(3)
    const elsewhere = async () => await under.desk.issueTo(holder, other.session.id, () => false)
    expect(await elsewhere().catch((error: unknown) => error)).toMatchObject({ code: 'not-allowed' })
  })
})
