import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a stand-in runner behaves. */
export interface StandInPlan {
  /** What `--version` prints, and to which stream; `hang`, `crash` and `flood` do not get that far. */
  readonly version?: string | 'hang' | 'crash' | 'flood' | 'fork-and-hang' | 'fork-and-exit';
  /** Exit code of every command that ends by itself, `--version` included. */
  readonly code?: number;
  /** Whether `run` ends at a signal: `quit` at SIGQUIT, `term` at SIGTERM, `second` at the second SIGTERM. */
  readonly ends?: readonly ('quit' | 'term' | 'second')[];
  /** A command that never ends. */
  readonly stuck?: boolean;
}

/**
 * Writes a program that stands in for a runner: it prints what it was given as one JSON line, then behaves as planned.
 * The line has `args`, `env`, `cwd`, and `files`: the text of every file that an argument names.
 */
export async function standInRunner(plan: StandInPlan = {}): Promise<{ path: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-stand-in-'));
  const path = join(dir, 'runner');
  await writeFile(
    path,
    `#!${process.execPath}\nconst plan = ${JSON.stringify(plan)};\n(${program.toString()})(plan);\n`,
  );
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

/** What `--version` of gitlab-runner looks like. */
export const versionText = (version: string): string =>
  `Version:      ${version}\nGit revision: 0123abcd\nGit branch:   main\nGO version:   go1.24.4\nOS/Arch:      linux/amd64\n`;

// Runs in a process of its own, so it may use nothing from outside.
function program(plan: StandInPlan): void {
  const { existsSync, readFileSync, statSync } = process.getBuiltinModule('node:fs');
  const { spawn } = process.getBuiltinModule('node:child_process');
  const args = process.argv.slice(2);
  const stay = () => setInterval(() => {}, 1_000);
  const fork = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });

  if (args[0] === '--version') {
    switch (plan.version) {
      case 'hang':
        stay();
        return;
      case 'crash':
        process.abort();
        return;
      case 'flood':
        process.stdout.on('error', () => {});
        setInterval(() => process.stdout.write('y\n'.repeat(10_000)), 0);
        return;
      case 'fork-and-hang':
        fork();
        stay();
        return;
      case 'fork-and-exit':
        fork();
        process.stdout.write('a daemon, started\n', () => process.exit(0));
        return;
    }
    process.exitCode = plan.code ?? 0;
    process.stdout.write(plan.version ?? '');
    return;
  }

  const files: Record<string, string> = {};
  for (const arg of args) if (existsSync(arg) && statSync(arg).isFile()) files[arg] = readFileSync(arg, 'utf8');
  process.on('SIGQUIT', () => plan.ends?.includes('quit') && process.exit(0));
  let terms = 0;
  process.on('SIGTERM', () => {
    terms += 1;
    if (plan.ends?.includes('term') || (plan.ends?.includes('second') && terms === 2)) process.exit(1);
  });
  process.stdout.write(`${JSON.stringify({ msg: 'started', args, env: process.env, cwd: process.cwd(), files })}\n`);
  const command = args.find((arg) => /^(run|run-single|register|verify|unregister)$/.test(arg)) ?? args[0];
  if (plan.stuck || command?.startsWith('run') || command === '--start') stay();
  else process.exitCode = plan.code ?? 0;
}
