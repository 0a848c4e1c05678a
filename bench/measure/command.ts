import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRELOAD = new URL('../programs/loop-delay.ts', import.meta.url).href;

/** How one `./proxyproof …` went. */
export interface CommandRun {
  readonly seconds: number;
  readonly exitCode: number | undefined;
  /** CPU time of the harness' own process, in seconds; undefined when it did not end by itself. */
  readonly cpuSeconds: number | undefined;
  /** The longest that its event loop was held up, in milliseconds. */
  readonly loopDelayMs: number | undefined;
  /** The most of its resident memory, in MiB. */
  readonly peakMiB: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `./proxyproof` as a user would, and watches its event loop. */
export async function proxyproof(args: readonly string[], limitMs: number): Promise<CommandRun> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-bench-'));
  try {
    const seen = join(dir, 'process.json');
    const began = performance.now();
    const { exitCode, stdout, stderr } = await execa('./proxyproof', args, {
      cwd: ROOT,
      reject: false,
      timeout: limitMs,
      env: { NODE_OPTIONS: `--import=${PRELOAD}`, PROXYPROOF_BENCH_PROCESS: seen },
    });
    const seconds = (performance.now() - began) / 1000;
    const own = await readFile(seen, 'utf8').then(
      (text) => JSON.parse(text) as { cpuSeconds: number; loopDelayMs: number; peakMiB: number },
      () => undefined,
    );
    return {
      seconds,
      exitCode,
      cpuSeconds: own?.cpuSeconds,
      loopDelayMs: own?.loopDelayMs,
      peakMiB: own?.peakMiB,
      stdout,
      stderr,
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
