#!/usr/bin/env node
import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

if (canKeepCompiled()) enableCompileCache();
leaveLaunchersTunable();

const { giveToCase } = await import('../conformance/uncaught.ts');
const { main } = await import('./cli.ts');
const { EXIT } = await import('./exit.ts');
const { isClosed } = await import('./interruption.ts');
const { print } = await import('./print.ts');
const { maskedText } = await import('../url/index.ts');

let saidSo = false;
// Whoever reads the output may have seen enough: `proxyproof list | head`. A run takes its worlds down first.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (!isClosed(error)) return cannotPrint(error);
  if (process.stdout.listenerCount('error') === 1) process.exit(EXIT.SIGPIPE);
});
// Nothing more can be said there, and what is done goes on.
process.stderr.on('error', () => {});

process.on('uncaughtException', (error) => {
  const why = error instanceof Error ? error.message : String(error);
  const taken = giveToCase(error);
  if (taken === 'late')
    print(process.stderr, `proxyproof: after the run was over, something in a case of it failed: ${why}.\n`);
  if (taken !== 'none') return;
  const hint = process.env['PROXYPROOF_DEBUG'] ? `\n${error.stack}` : ' PROXYPROOF_DEBUG=1 shows where.';
  print(
    process.stderr,
    maskedText(`proxyproof: the harness itself broke: ${why}. Run proxyproof clean, and please report this.${hint}\n`),
  );
  process.exit(EXIT.harness);
});

/** A full disk, or /dev/full. What a run reports is elsewhere, so it goes on. */
function cannotPrint({ message }: Error): void {
  if (!saidSo) print(process.stderr, `proxyproof: the output cannot be written: ${message}. Send it elsewhere.\n`);
  saidSo = true;
  if (process.stdout.listenerCount('error') === 1) process.exit(EXIT.environment);
}

/** Where its directory cannot be made, as below /proc, Node would try for ever. */
function canKeepCompiled(): boolean {
  try {
    mkdirSync(join(tmpdir(), 'node-compile-cache'));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}

/** The launcher asks for large pages for this process alone: whatever is started from here gets what the user had. */
function leaveLaunchersTunable(): void {
  const users = process.env['GLIBC_TUNABLES']?.replace(/:?glibc\.malloc\.hugetlb=1$/, '');
  if (users) process.env['GLIBC_TUNABLES'] = users;
  else delete process.env['GLIBC_TUNABLES'];
}

const exit = await main(process.argv.slice(2));
const { errored } = process.stdout;
// The stream tells it in a later turn, which does not come any more.
if (errored && !isClosed(errored)) {
  cannotPrint(errored);
  process.exit(EXIT.environment);
}
// A case that was given up may still wait for something; nobody waits for it. What was printed goes out first.
if (process.stdout.writable) process.stdout.write('', () => process.exit(exit));
else process.exit(exit);
