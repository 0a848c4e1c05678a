import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResults } from '../../harness/report/index.ts';
import { expectFailed } from './_failed.ts';
import { runnerThat } from './_runners.ts';
import { expectNothingLeft } from './_system.ts';
import { ASKED, POLLS, teamScenario } from './_team.ts';
import { launched, put, scratch, tool } from './_tool.ts';

/** Puts the usual question to a runner, in a world where a namespace is made if one can be. */
async function question(dir: string, act = POLLS): Promise<string> {
  const side = join(dir, 'where');
  const note = `(await import('node:fs')).writeFileSync(${JSON.stringify(side)}, world.host.dir);`;
  await teamScenario(dir, { name: 'asks', act: `${note}\n${act}`, judge: ASKED });
  return side;
}

const run = (dir: string, runner: string) => tool(dir, 'run', 'team/asks', '--scenarios', dir, '--runner', runner);

test.each([
  [
    'crashes at its start',
    'echo "FATAL: no such executor" >&2; exit 7',
    /process exited with code 7 .*its last words were: FATAL: no such executor/,
  ],
  ['is killed', 'kill -SEGV $$; sleep 5', /process was ended by SIGSEGV .*and said nothing/],
  ['hangs', 'exec sleep 600', /none came/],
  ['hangs and does not listen to signals', "trap '' TERM INT QUIT; sleep 600; sleep 600", /none came/],
  ['leaves children behind and goes', 'setsid sleep 600 & (sleep 600 &) ; exit 0', /none came/],
  ['leaves children behind and hangs', 'setsid sleep 600 & exec sleep 600', /none came/],
])('a runner that %s fails, and nothing of it is left', async (_, body, sentence) => {
  await using place = await scratch();
  const side = await question(place.dir);
  const done = await run(place.dir, await runnerThat(place.dir, body));
  expect(`${done.out}${done.err}`.replaceAll(/\s+/g, ' ')).toMatch(sentence);
  expectFailed(done);
  await expectNothingLeft(readFileSync(side, 'utf8'));
});

test.each([
  ['exits', '#!/bin/sh\nexit 3\n', 2, /is no runner I know: asked for --version it says nothing and exits with 3/],
  ['says something else', '#!/bin/sh\necho GNU tar 1.34\n', 2, /it says “GNU tar 1\.34”/],
  ['floods', '#!/bin/sh\nexec yes\n', 3, /does not stop printing/],
  ['crashes', '#!/bin/sh\nkill -SEGV $$\n', 3, /--version crashed with SIGSEGV/],
  ['is no program', 'neither script nor binary', 2, /is no runner I know/],
])('a program that, asked for its version, %s is no subject', async (_, content, exit, sentence) => {
  await using place = await scratch();
  await question(place.dir);
  const { code, err } = await run(place.dir, await put(join(place.dir, 'runner'), content, 0o755));
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/^\s+at /m);
  expect(code).toBe(exit);
});

test('a runner that floods its log with 1 GiB costs little time, memory and disk', async () => {
  await using place = await scratch();
  const act = `
  const config = { url: world.gitlabUrl, token: world.gitlab.tokens.runner, env: {}, checkInterval: 1 };
  const running = await subject.run(config);
  await world.until('the end of the flood', (seen) => seen.of('process-exit').length > 0, 240_000);
  await running.ended;`;
  await question(place.dir, act);
  const flood = `yes 'a line of the flood, with nothing to say but itself' | head -c 1073741824; exit 5`;
  const runner = await runnerThat(place.dir, flood);
  // Says at its end how much memory the process had at most, in kilobytes, and how long it worked, in microseconds.
  const report = `process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    console.error('peak ' + maxRSS + ', worked ' + (userCPUTime + systemCPUTime));
  })`;
  const done = await launched(['run', 'team/asks', '--scenarios', place.dir, '--runner', runner], {
    cwd: place.dir,
    env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(report)}` },
  });
  const { out, err } = done;
  expect(out).toMatch(/exited with code 5/);
  expectFailed(done);
  expect(Number(/peak (\d+)/.exec(err)?.[1])).toBeLessThan(500 * 1024);
  expect(Number(/worked (\d+)/.exec(err)?.[1]) / 1e6).toBeLessThan(20);
  const latest = join(place.dir, 'runs', 'latest');
  expect((await readResults(latest)).totals).toMatchObject(done.code === 4 ? { error: 1 } : { fail: 1 });
  expect((await stat(join(latest, 'ledger.ndjson'))).size).toBeLessThan(32 * 2 ** 20);
  expect((await stat(join(latest, 'report.html'))).size).toBeLessThan(32 * 2 ** 20);
}, 300_000);
