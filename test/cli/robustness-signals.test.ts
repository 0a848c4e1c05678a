import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../harness/process/index.ts';
import { runnerThat } from './_runners.ts';
import { expectNothingLeft, fileAt, isAlive, labelOf, processesOf, runDirectoryOf } from './_system.ts';
import { teamScenario } from './_team.ts';
import { type Launched, launch, launched, QUICK_CASE, scratch } from './_tool.ts';

/** A run that waits for ever, with a runner, what that has left behind, and a proxy. */
async function waitingRun(dir: string, options: { name?: string; env?: Record<string, string> } = {}) {
  const { name = 'waits', env = {} } = options;
  const proxy = findProgram('squid') ? 'squid' : 'keep-alive';
  const side = join(dir, `${name}.where`);
  const scenarios = join(dir, `${name}-scenarios`);
  await teamScenario(scenarios, {
    name,
    world: `{ proxy: { kind: '${proxy}' } }`,
    act: `
  await subject.run({ url: world.gitlabUrl, token: world.gitlab.tokens.runner, env: {}, checkInterval: 1 });
  (await import('node:fs')).writeFileSync(${JSON.stringify(side)}, world.host.dir);
  await world.until('what never comes', () => false, 3_600_000);`,
  });
  const runner = await runnerThat(join(dir, name), 'setsid sleep 600 & exec sleep 600');
  const run = launch(['run', `team/${name}`, '--scenarios', scenarios, '--runner', runner], { cwd: dir, env });
  // Whichever comes first: it waits, or it ended and its words say why.
  const where = await Promise.race([
    fileAt(side),
    run.done.then(({ out, err }) => Promise.reject(new Error(out + err))),
  ]);
  return { run, where };
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops everything long before its own time, and says so', async (signal, exit) => {
  await using place = await scratch();
  const { run, where } = await waitingRun(place.dir);
  expect(processesOf(labelOf(where)).length).toBeGreaterThan(1);
  const began = performance.now();
  run.child.kill(signal);
  const { code, err } = await run.done;
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(err).toContain(`${signal}: stopping subjects and peers and removing temporary files`);
  expect(err).toContain(`The run was ended by ${signal} before it was complete. Everything it started is stopped`);
  expect(code).toBe(exit);
  await expectNothingLeft(where);
});

test('after kill -9 clean removes what is left, and only what is ours', async () => {
  await using place = await scratch();
  const TMPDIR = join(place.dir, 'tmp');
  const strangers = ['proxyproof-like', 'proxyproof-', 'proxyproof-1-2-3-abcde', 'my-proxyproof-1-2-3-abcdef'].map(
    (name) => join(TMPDIR, name),
  );
  for (const each of strangers) await mkdir(each, { recursive: true });
  const stranger = spawn('sleep', ['600'], { env: { PROXYPROOF_RUN: 'not-a-label', PATH: process.env['PATH'] } });
  try {
    const { run, where } = await waitingRun(place.dir, { env: { TMPDIR } });
    run.child.kill('SIGKILL');
    expect((await run.done).signal).toBe('SIGKILL');
    expect(existsSync(runDirectoryOf(where))).toBe(true);

    const env = { TMPDIR };
    const dry = await launched(['clean', '--dry-run'], { cwd: place.dir, env });
    expect(dry.out).toContain(`would remove directory ${runDirectoryOf(where)}`);
    expect(existsSync(runDirectoryOf(where))).toBe(true);

    const clean = await launched(['clean'], { cwd: place.dir, env });
    expect(clean.code).toBe(0);
    expect(clean.out).toContain(`removed directory ${runDirectoryOf(where)}`);
    await expectNothingLeft(where);
    for (const each of strangers) expect(existsSync(each)).toBe(true);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    expect((await launched(['clean'], { cwd: place.dir, env })).out).toContain('Nothing was left behind.');
  } finally {
    stranger.kill('SIGKILL');
  }
});

test('after kill -9 the next run removes what is left, and says so', async () => {
  await using place = await scratch();
  const env = { TMPDIR: join(place.dir, 'tmp') };
  await mkdir(env.TMPDIR);
  const { run, where } = await waitingRun(place.dir, { env });
  run.child.kill('SIGKILL');
  await run.done;
  const next = await launched(['run', QUICK_CASE], { cwd: place.dir, env });
  expect(next.err).toContain(`removed what an earlier run left: directory ${runDirectoryOf(where)}`);
  expect(next.code).toBe(0);
  await expectNothingLeft(where);
});

test('runs side by side do not disturb each other, nor does clean', async () => {
  await using place = await scratch();
  const [one, other] = await Promise.all(['one', 'other'].map((name) => waitingRun(place.dir, { name })));
  if (!one || !other) throw new Error('two runs were started');
  expect((await launched(['run', QUICK_CASE], { cwd: place.dir })).code).toBe(0);
  expect((await launched(['clean'], { cwd: place.dir })).code).toBe(0);
  await end(other.run);
  await expectNothingLeft(other.where);
  expect(processesOf(labelOf(one.where)).join()).toContain('sleep 600');
  expect(existsSync(one.where)).toBe(true);
  await end(one.run);
  await expectNothingLeft(one.where);
});

async function end(run: Launched): Promise<void> {
  run.child.kill('SIGINT');
  expect((await run.done).code).toBe(130);
}
