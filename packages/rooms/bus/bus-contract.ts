import { beforeEach, describe, expect, it } from 'bun:test'
import { until } from '../../../tests/support/until'
import { newConnectionId, newNodeId, newRoomId } from '../testing/test-ids'
import type { Bus, BusMessage } from './bus'

/** Nodes that hear each other and nobody else. */
export interface BusNetwork {
  join(): Promise<Bus>
}

/** What every bus does alike. */
export function busContract(name: string, create: () => BusNetwork): void {
  describe(`bus on ${name}`, () => {
    let network: BusNetwork
    let [a, b, c]: Listener[] = []
    beforeEach(async () => {
      network = create()
      ;[a, b, c] = await Promise.all([listen(network), listen(network), listen(network)])
    })
    const nodes = (): [Listener, Listener, Listener] => {
      if (!a || !b || !c) throw new Error('The nodes are there before each test')
      return [a, b, c]
    }

    it('tells one node, and no other', async () => {
      const [from, to, other] = nodes()
      const message = closeRoom()
      await from.bus.tell(to.bus.nodeId, message)
      await until(() => to.heard.length === 1)
      expect(to.heard).toEqual([message])
      expect([from.heard, other.heard]).toEqual([[], []])
    })

    it('tells all nodes, the teller too', async () => {
      const message = closeRoom()
      await nodes()[0].bus.tell('all', message)
      await until(() => nodes().every(({ heard }) => heard.length === 1))
      expect(nodes().map(({ heard }) => heard)).toEqual([[message], [message], [message]])
    })

    it('brings the messages of one node in their order', async () => {
      const [from, to] = nodes()
      const messages = Array.from({ length: 50 }, closeRoom)
      await Promise.all(messages.map((message) => from.bus.tell(to.bus.nodeId, message)))
      await until(() => to.heard.length === 50)
      expect(to.heard).toEqual(messages)
    })

    it('brings back what the receiver answers, to each question its own', async () => {
      const [from, to] = nodes()
      const known = newConnectionId()
      to.answer = (message) => ({
        isHere: message.kind === 'probe' && message.connectionId === known,
        deep: [null, 'ü'],
      })
      const probes = [known, newConnectionId(), known].map(
        (connectionId) => ({ kind: 'probe', connectionId }) as const,
      )
      const answers = await Promise.all(probes.map((probe) => from.bus.ask(to.bus.nodeId, probe, 2_000)))
      expect(answers).toEqual([true, false, true].map((isHere) => ({ isHere, deep: [null, 'ü'] })))
    })

    it.each([[false], [null], [0], ['']])(
      'brings back %p as an answer, which is not silence',
      async (answer) => {
        const [from, to] = nodes()
        to.answer = () => answer
        expect(await from.bus.ask(to.bus.nodeId, closeRoom(), 2_000)).toEqual(answer)
      },
    )

    it('asks a node itself too', async () => {
      const [from] = nodes()
      from.answer = () => 'mine'
      expect(await from.bus.ask(from.bus.nodeId, closeRoom(), 2_000)).toBe('mine')
    })

    it('[SEC-120] takes the silence of a dead node for what it is, at the latest when the time is over', async () => {
      const [from, to] = nodes()
      await to.bus.close()
      for (const nodeId of [to.bus.nodeId, newNodeId()]) {
        const start = performance.now()
        expect(await from.bus.ask(nodeId, closeRoom(), 150)).toBeUndefined()
        expect(performance.now() - start).toBeLessThan(1_500)
      }
    })

    it('waits for a node that is there and has not answered yet', async () => {
      const [from, to] = nodes()
      const asked = Promise.withResolvers<undefined>()
      const answer = Promise.withResolvers<string>()
      to.answer = () => {
        asked.resolve(undefined)
        return answer.promise
      }
      const answered = from.bus.ask(to.bus.nodeId, closeRoom(), 2_000)
      await asked.promise
      answer.resolve('after a while')
      expect(await answered).toBe('after a while')
    })

    it.each([
      ['never ends', () => new Promise(() => {})],
      ['fails', () => Promise.reject(new Error('on purpose'))],
      ['has nothing to say', () => undefined],
    ])('waits no longer than it said for a receiver that %s', async (_what, answer) => {
      const [from, to] = nodes()
      to.answer = answer
      expect(await from.bus.ask(to.bus.nodeId, closeRoom(), 150)).toBeUndefined()
      to.answer = () => 'back'
      expect(await from.bus.ask(to.bus.nodeId, closeRoom(), 2_000)).toBe('back')
    })

    it('does not let the failure of one receiver reach the teller or the others', async () => {
      const [from, to, other] = nodes()
      to.answer = () => {
        throw new Error('on purpose')
      }
      await from.bus.tell('all', closeRoom())
      await until(() => other.heard.length === 1 && from.heard.length === 1)
    })

    it('carries a long message', async () => {
      const [from, to] = nodes()
      const payload = '🐉'.repeat(20_000)
      const command = { id: 'c1', name: 'relay', payload }
      const message: BusMessage = {
        kind: 'call',
        roomId: newRoomId(),
        call: { op: 'execute', by: { uuid: 'frodo', role: 'player' }, command },
      }
      await from.bus.tell(to.bus.nodeId, message)
      await until(() => to.heard.length === 1)
      expect(to.heard).toEqual([message])
    })

    it('says nothing more to a node that has left', async () => {
      const [from, to, other] = nodes()
      await to.bus.close()
      await from.bus.tell('all', closeRoom())
      await until(() => other.heard.length === 1)
      expect(to.heard).toEqual([])
    })
  })
}

interface Listener {
  readonly bus: Bus
  readonly heard: BusMessage[]
  answer: (message: BusMessage) => unknown
}

async function listen(network: BusNetwork): Promise<Listener> {
  const listener: Listener = { bus: await network.join(), heard: [], answer: () => true }
  listener.bus.receive((message) => {
    listener.heard.push(message)
    return listener.answer(message)
  })
  return listener
}

function closeRoom(): BusMessage {
  return { kind: 'close-room', roomId: newRoomId() }
}
