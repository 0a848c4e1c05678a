import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { SubjectHost } from '../../subject.ts';

/**
 * Runs a script as a process group of its own, which ends with the script, or at SIGTERM, with all that it started.
 * `set -m` gives the group; `$1` is the script.
 */
const KEEPER = `set -m
end() { [ -z "$script" ] || kill -KILL -- "-$script" 2>/dev/null; }
trap 'ended=1; end' TERM
/bin/bash "$1" </dev/null 2>&1 &
script=$!
# The group is made; without this, bash would print what became of it.
set +m
[ -z "$ended" ] || end
wait "$script"
code=$?
end
exit "$code"`;

/** What is run, and where. */
export interface ShellStage {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Where the script is written. */
  readonly scriptDir: string;
  readonly output: (chunk: Buffer) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs one stage of a job in bash. Whoever calls holds the clock.
 * @returns the exit code; null when a signal ended it
 * @throws the signal's reason, when it aborts; the script and what it started is dead then
 */
export async function runStage(host: SubjectHost, stage: ShellStage): Promise<number | null> {
  stage.signal.throwIfAborted();
  const path = join(stage.scriptDir, `${stage.name}.sh`);
  await mkdir(stage.scriptDir, { recursive: true });
  await mkdir(stage.cwd, { recursive: true });
  await writeFile(path, stage.script);
  const child = await host.spawn('/bin/bash', ['-c', KEEPER, 'runner', path], {
    env: stage.env,
    cwd: stage.cwd,
    log: false,
  });
  const kill = (): void => child.kill('SIGTERM');
  stage.signal.addEventListener('abort', kill, { once: true });
  if (stage.signal.aborted) kill();
  child.stdin.end();
  child.stdout.on('data', stage.output);
  child.stderr.on('data', stage.output);
  try {
    const { code } = await child.exited;
    await Promise.all([finished(child.stdout), finished(child.stderr)].map((each) => each.catch(() => {})));
    stage.signal.throwIfAborted();
    return code;
  } finally {
    stage.signal.removeEventListener('abort', kill);
  }
}
