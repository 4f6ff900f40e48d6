import { describe, expect, it } from 'bun:test'
import { failureOf } from '../testing/problem-of'
import { newRoomId } from '../testing/test-ids'
import { GroupCommit, type Append } from './group-commit'
import { FencedError } from './journal'

type Rows = readonly number[]

/** A disk whose commits the test ends one by one. */
function slowDisk() {
  const batches: (readonly Append<number>[])[] = []
  const running: PromiseWithResolvers<ReadonlySet<Append<number>>>[] = []
  const commits = new GroupCommit<number>((batch) => {
    const commit = Promise.withResolvers<ReadonlySet<Append<number>>>()
    batches.push(batch)
    running.push(commit)
    return commit.promise
  })
  const append = (roomId: ReturnType<typeof newRoomId>, rows: Rows, epoch = 1) =>
    failureOf(commits.append({ roomId, epoch, rows }))
  return {
    commits,
    append,
    batches,
    running,
    rows: () => batches.map((batch) => batch.map(({ rows }) => rows)),
  }
}

describe('GroupCommit', () => {
  it('writes what comes in one tick together, and what comes during a commit in the next', async () => {
    const { append, running, rows } = slowDisk()
    const [one, other] = [newRoomId(), newRoomId()]
    const first = [append(one, [1]), append(other, [2])]
    await settle()
    const second = [append(one, [3]), append(one, [4]), append(other, [5])]
    await settle()
    expect(rows()).toEqual([[[1], [2]]])
    running[0]?.resolve(new Set())
    expect(await Promise.all(first)).toEqual([undefined, undefined])
    await settle()
    expect(rows()).toEqual([
      [[1], [2]],
      [[3], [4], [5]],
    ])
    running[1]?.resolve(new Set())
    expect(await Promise.all(second)).toEqual([undefined, undefined, undefined])
  })

  it.each([
    [[1_000, 1_000], [[1_000, 1_000]]],
    [
      [1_000, 1_001],
      [[1_000], [1_001]],
    ],
    [
      [5_000, 1],
      [[5_000], [1]],
    ],
    [
      [1, 5_000, 1, 1],
      [[1], [5_000], [1, 1]],
    ],
  ])('takes at most 2,000 rows in one commit, and an append whole: %j', async (sizes, expected) => {
    const { append, batches, running } = slowDisk()
    const appends = sizes.map((size) =>
      append(
        newRoomId(),
        Array.from({ length: size }, () => 0),
      ),
    )
    for (let index = 0; index < expected.length; index += 1) {
      await settle()
      running[index]?.resolve(new Set())
    }
    await Promise.all(appends)
    expect(batches.map((batch) => batch.map(({ rows }) => rows.length))).toEqual(expected)
  })

  it('refuses what follows a failed write in its room and epoch, and nothing else', async () => {
    const { append, running, rows } = slowDisk()
    const [broken, whole] = [newRoomId(), newRoomId()]
    const failed = append(broken, [1])
    await settle()
    const waiting = [append(broken, [2]), append(whole, [3]), append(broken, [4], 2)]
    const cause = new Error('disk full')
    running[0]?.reject(cause)
    expect(await failed).toBe(cause)
    await settle()
    running[1]?.resolve(new Set())
    const [behind, other, opened] = await Promise.all(waiting)
    expect(behind).toBeInstanceOf(FencedError)
    expect([other, opened]).toEqual([undefined, undefined])
    expect(rows()).toEqual([[[1]], [[3], [4]]])
  })

  it('refuses what was fenced off, and keeps the rest of its commit', async () => {
    const { append, batches, running } = slowDisk()
    const [stale, fresh] = [newRoomId(), newRoomId()]
    const writes = [append(stale, [1]), append(fresh, [2])]
    await settle()
    running[0]?.resolve(new Set(batches[0]?.filter(({ roomId }) => roomId === stale)))
    const [fenced, kept] = await Promise.all(writes)
    expect(fenced).toBeInstanceOf(FencedError)
    expect(kept).toBeUndefined()
    expect(await append(stale, [3])).toBeInstanceOf(FencedError)
    expect(batches).toHaveLength(1)
  })
})

/** Lets everything run that waits for nothing. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
