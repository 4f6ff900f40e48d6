import { describe, expect, it } from 'bun:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('testing/endable-process.ts', import.meta.url))

describe('a process', () => {
  it.each(['throws', 'rejects'])(
    'that %s where nobody catches it says so in its log and ends',
    async (fate) => {
      const { code, out } = await ended(start(fate))
      expect(code).toBe(1)
      const lines = out.split('\n').filter((line) => line.startsWith('{'))
      expect(lines).toHaveLength(1)
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        level: 'error',
        service: 'endable',
        error: { message: 'nobody caught this', stack: expect.stringContaining('endable-process') },
      })
      expect(out).not.toContain('stopped in order')
    },
  )

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends in order on %s', async (signal) => {
    const child = start('lives')
    const { code, out } = await ended(child, () => child.kill(signal))
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`"reason":"${signal}"[^]*stopped in order[^]*"Stopped"`))
  })

  it('that cannot use its settings says which, without a stack, and ends with 78', async () => {
    const { code, error } = await ended(start('bad-settings'))
    expect(code).toBe(78)
    expect(error).toBe('Innkeeper cannot start with these settings:\nPORT is "x": expected a port\n')
  })

  it('whose port is taken says which other to take', async () => {
    const { code, error } = await ended(start('port-taken'))
    expect(code).toBe(1)
    expect(error).toBe('Port 4321 is taken. Stop what uses it, or choose another: PORT=4322 npm start\n')
  })
})

function start(fate: string) {
  const env = { PATH: process.env['PATH'] ?? '' }
  return Bun.spawn([process.execPath, script, fate], { env, stdout: 'pipe', stderr: 'pipe' })
}

/** @param onWelcome  called as soon as it has printed anything */
async function ended(child: ReturnType<typeof start>, onWelcome = () => {}) {
  const readOut = async () => {
    let text = ''
    for await (const chunk of child.stdout) {
      if (text === '') onWelcome()
      text += new TextDecoder().decode(chunk)
    }
    return text
  }
  const [out, error, code] = await Promise.all([readOut(), new Response(child.stderr).text(), child.exited])
  return { out, error, code }
}
