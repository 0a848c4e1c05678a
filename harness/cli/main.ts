#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

enableCompileCache();
leaveLaunchersTunable();

const { giveToCase } = await import('../conformance/uncaught.ts');
const { main } = await import('./cli.ts');
const { EXIT } = await import('./exit.ts');
const { isClosed } = await import('./interruption.ts');
const { print } = await import('./print.ts');
const { maskedText } = await import('../url/index.ts');

// Whoever reads the output may have seen enough: `proxyproof list | head`. A run takes its worlds down first.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (!isClosed(error)) throw error;
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

/** The launcher asks for large pages for this process alone: whatever is started from here gets what the user had. */
function leaveLaunchersTunable(): void {
  const users = process.env['GLIBC_TUNABLES']?.replace(/:?glibc\.malloc\.hugetlb=1$/, '');
  if (users) process.env['GLIBC_TUNABLES'] = users;
  else delete process.env['GLIBC_TUNABLES'];
}

const exit = await main(process.argv.slice(2));
// A case that was given up may still wait for something; nobody waits for it. What was printed goes out first.
if (process.stdout.writable) process.stdout.write('', () => process.exit(exit));
else process.exit(exit);
