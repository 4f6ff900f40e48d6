import { afterAll, describe, expect, it } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fairTable } from '@innkeeper/tabletop/dice/testing/fair-table'
import { repositoryRoot } from './checks/run-checks'

const folder = mkdtempSync(join(tmpdir(), 'innkeeper-verify-rolls-'))
const file = join(folder, 'table.json')
const honest = fairTable([['2d20kh1+5', '6x4d6kh3', [20, 20]], ['1d6']])

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the script as `npm run verify-rolls` does, once Bun is there. */
function verify(parameters: readonly string[], input = ''): { code: number; out: string; error: string } {
  const { exitCode, stdout, stderr } = Bun.spawnSync(
    [process.execPath, join(repositoryRoot, 'scripts/verify-rolls.ts'), ...parameters],
    { stdin: Buffer.from(input), cwd: folder },
  )
  return { code: exitCode, out: stdout.toString(), error: stderr.toString() }
}

function verifyDocument(document: unknown): ReturnType<typeof verify> {
  writeFileSync(file, JSON.stringify(document))
  return verify([file])
}

describe('npm run verify-rolls', () => {
  it('is a script of the repository', () => {
    const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'))
    expect(scripts['verify-rolls']).toBe('node scripts/bun.mjs scripts/verify-rolls.ts')
  })

  it('says that all rolls are right, of a file or of the standard input', () => {
    const expected = { code: 0, out: '4 rolls: 4 ok\n', error: '' }
    expect(verifyDocument(honest)).toEqual(expected)
    expect(verify([], JSON.stringify(honest))).toEqual(expected)
    expect(verify(['-'], JSON.stringify(honest))).toEqual(expected)
  })

  it('names each roll that is not right, what it shows and how the dice fell, and ends with 1', () => {
    const [first, second, third, fourth] = honest.rolls
    if (!first || !third) throw new Error('no rolls')
    const { code, out } = verifyDocument({
      seeds: honest.seeds.map((seed) => (seed.number === 2 ? { ...seed, commit: '0'.repeat(64) } : seed)),
      rolls: [{ ...first, faces: [20, 20], totals: [25] }, second, { ...third, faces: [1, 1] }, fourth],
    })
    const totals = 'totals' in first ? first.totals.join(', ') : ''
    const shown =
      fourth && 'totals' in fourth ? `${fourth.faces.join(' ')} = ${fourth.totals.join(', ')}` : ''
    expect(out.trimEnd().split('\n')).toEqual([
      `mismatch: roll 1 of seed 1, 2d20kh1+5, shows 20 20 = 25, but the dice fell ${first.faces.join(' ')} = ${totals}`,
      `mismatch: roll 3 of seed 1, d20, d20, shows 1 1, but the dice fell ${third.faces.join(' ')}`,
      `bad commitment: roll 1 of seed 2, 1d6, shows ${shown}`,
      '4 rolls: 1 ok, 2 mismatch, 1 bad commitment',
    ])
    expect(code).toBe(1)
  })

  it('waits for seeds that are still secret, and tells of rolls that are not there', () => {
    const { code, out } = verifyDocument({
      seeds: honest.seeds.map(({ seed, ...rest }) => (rest.number === 2 ? rest : { ...rest, seed })),
      rolls: honest.rolls.filter(({ seed, roll }) => seed === 2 || roll === 2),
    })
    expect(out.trimEnd().split('\n')).toEqual([
      'missing: roll 1 of seed 1',
      'missing: roll 3 of seed 1',
      '2 rolls: 1 ok, 1 not yet revealed',
    ])
    expect(code).toBe(0)
  })

  it('ends with 1 when two rolls have one number', () => {
    const { code, out } = verifyDocument({ ...honest, rolls: [...honest.rolls, ...honest.rolls.slice(0, 1)] })
    expect(out).toBe('repeated: there is more than one roll 1 of seed 1\n5 rolls: 5 ok\n')
    expect(code).toBe(1)
  })

  it('says what is wrong with a file that it cannot use, and ends with 2', () => {
    const [first] = honest.rolls
    const cases: readonly (readonly [ReturnType<typeof verify>, string])[] = [
      [verify([join(folder, 'absent.json')]), 'absent.json cannot be read: ENOENT'],
      [verify(['a.json', 'b.json']), 'Expected one file'],
      [verify([], '{"seeds": ['), 'This is not JSON: '],
      [verify([], ''), 'This is not JSON: '],
      [verify([], '[]'), 'the whole: Invalid input: expected object'],
      [verifyDocument({ ...honest, rolls: [{ ...first, nonce: 'a:b' }] }), 'rolls.0.nonce: Expected 1 to 64'],
      [
        verifyDocument({ ...honest, rolls: [{ ...first, totals: ['1'] }] }),
        'rolls.0.totals.0: Invalid input',
      ],
      [
        verifyDocument({ ...honest, rolls: Array.from({ length: 12 }, () => ({ ...first, roll: 0 })) }),
        'and 2 more',
      ],
      [verifyDocument({ ...honest, seeds: [{ number: 1, commit: 'x' }] }), 'seeds.0.commit: Expected 64'],
    ]
    for (const [{ code, out, error }, expected] of cases) {
      expect(error).toContain(expected)
      expect({ code, out }).toEqual({ code: 2, out: '' })
    }
  })
})
