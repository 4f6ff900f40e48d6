/** How a command ended: its exit code and everything it printed. */
export interface CommandResult {
  readonly code: number
  readonly output: string
}

/** Runs a command in the repository's root and keeps what it prints, so that parallel checks do not mix their lines. */
export async function runCommand(command: readonly string[], cwd: string): Promise<CommandResult> {
  const child = Bun.spawn([...command], { cwd, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  const [output, complaints, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { code, output: `${output}${complaints}`.trimEnd() }
}
