import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Beside this file, in whichever form this file has. */
export const HOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './holder.ts' : './holder.js', import.meta.url),
);
/** What Node.js is given before it. */
export const HOLDER_OPTIONS = ['--no-warnings'] as const;

/** How long it may take, in real milliseconds; 80 are usual. */
const LIMIT_MS = 10_000;

/**
 * Has Node.js keep the compiled code of the holder. Each namespace starts one, which ends by becoming another program, and
 * so never keeps anything; from sources the first start takes three times as long as one that finds it compiled.
 * @param dir where it is kept; absolute. What goes wrong costs time alone, and is not told.
 */
export async function compileHolder(dir: string): Promise<void> {
  // Without a parent to talk to, and with nothing to hold, it ends at once.
  await promisify(execFile)(process.execPath, [...HOLDER_OPTIONS, HOLDER], {
    env: { NODE_COMPILE_CACHE: dir },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  }).catch(() => {});
}
