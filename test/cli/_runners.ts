import { join } from 'node:path';
import { put } from './_tool.ts';

/**
 * Writes a program that says it is gitlab-runner 17.0.0, and then does something else.
 * @param body shell commands for everything but `--version`
 */
export function runnerThat(dir: string, body: string): Promise<string> {
  return put(
    join(dir, 'gitlab-runner'),
    `#!/bin/sh
if [ "$1" = --version ]; then
  printf 'Version:      17.0.0\\nGit revision: 44feccdf\\n'
  exit
fi
${body}
`,
    0o755,
  );
}
