import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configuration } from '../../../harness/runner/driver/configuration.ts';
import { describe as ask } from '../../../harness/runner/driver/index.ts';
import { driverJsonSchema } from '../../../harness/runner/driver/schema.ts';
import { resolveSubject } from '../../../harness/runner/resolve/resolve.ts';
import type { RunnerConfig } from '../../../harness/runner/subject.ts';
import { standInHost } from '../gitlab-runner/stand-in-host.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const ABOUT = { name: 'mine', version: '2.1.0', can: ['poll', 'script'], cannot: { docker: 'it has no containers' } };
const config: RunnerConfig = { url: 'http://gitlab.test', token: 'runner-token', env: { A: 'case' }, checkInterval: 5 };

/** A driver that notes what it is asked, as a shell script. @param verbs the words of a shell for each verb */
async function driver(verbs: Readonly<Record<string, string>>, version = 'proxyproof-driver 1'): Promise<string> {
  const path = join(dir, 'my-driver');
  const branches = Object.entries({ '--version': `echo '${version}'`, describe: printing(ABOUT), ...verbs });
  const cases = branches.map(([verb, body]) => `${verb}) ${body};;`).join('\n');
  await writeFile(path, `#!/bin/sh\necho "$1" >> ${dir}/asked\ncase $1 in\n${cases}\nesac\n`);
  await chmod(path, 0o755);
  return path;
}

const printing = (answer: object): string => `cat <<'JSON'\n${JSON.stringify(answer)}\nJSON\n`;
const asked = async (): Promise<string[]> => (await readFile(join(dir, 'asked'), 'utf8')).trim().split('\n');
const resolved = (path: string) => resolveSubject(path, { cacheDir: join(dir, 'cache'), env: process.env });

describe('a driver', () => {
  it('says which runner it drives, and what that can', async () => {
    const path = await driver({ describe: printing({ ...ABOUT, profile: '18.3' }) });
    const { identity, profile, cannot } = await resolved(path);
    expect(identity).toEqual({ kind: 'driver', name: 'mine', version: '2.1.0', path });
    expect(profile).toBe('18.3');
    expect(cannot('poll')).toBeUndefined();
    expect(cannot('docker')).toBe('it has no containers');
    expect(cannot('git')).toBe('the driver of mine does not name the ability git');
    expect(cannot('service')).toContain('does not name');
  });

  it.each([
    ['prints another word', 'proxyproof-drivers 1'],
    ['prints the line later', 'my-driver 1.0.0\nproxyproof-driver 1'],
    ['prints more in the line', 'proxyproof-driver 1.0 for people'],
  ])('is no program that %s, and such a program is given no verb', async (_, version) => {
    const path = await driver({}, version);
    await expect(resolved(path)).rejects.toThrow(/is no runner I know: asked for --version it says/);
    expect(await asked()).toEqual(['--version']);
  });

  it('of another contract is refused', async () => {
    await expect(resolved(await driver({}, 'proxyproof-driver 2'))).rejects.toThrow('by contract 2');
  });

  it.each([
    ['what is no JSON', 'echo hello', /must print one JSON object and nothing else, but printed “hello”/],
    ['nothing', 'true', /but it printed nothing/],
    ['a list', 'echo []', /did not answer as docs\/drivers\.md says/],
    ['a key that is misspelt', printing({ ...ABOUT, versoin: '1' }), /has no key “versoin”\. Did you mean “version”/],
    [
      'an ability that there is not',
      printing({ ...ABOUT, can: ['poles'] }),
      /can\[0\] of its answer is not as it must be/,
    ],
    ['an error', 'echo no such thing >&2; exit 3', /asked to describe, failed \(exit code 3\): no such thing/],
  ])('that answers with %s is refused in a sentence', async (_, body, words) => {
    await expect(resolved(await driver({ describe: body }))).rejects.toThrow(words);
  });

  it('that hangs is given up', async () => {
    const path = await driver({ describe: 'sleep 60' });
    await expect(ask(path, 400)).rejects.toThrow(/asked to describe, did not end within 0\.4 s and was killed/);
  });
});

it('has a contract that is published as a schema', async () => {
  const published = await readFile(new URL('../../../schema/driver.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published), 'It is out of date. Run npm run schema.').toEqual(driverJsonSchema());
});

describe('a runner that is driven', () => {
  const PLAN = {
    command: ['sh', '-c', 'echo "got $A $B $(cat own.cfg) $(cat sub/two) $1"; exec sleep 60', 'sh', 'argument'],
    env: { B: 'plan' },
    files: { 'own.cfg': 'one', 'sub/two': 'two' },
  };

  it('is started as the driver says, with the files, the environment and the signals that it names', async () => {
    const path = await driver({ run: `cp "$2" ${dir}/given\n${printing(PLAN)}` });
    const { subject } = await resolved(path);
    await using host = await standInHost();
    await using running = await subject(host).run({ ...config, caPem: 'a certificate' });
    await host.until('the runner to speak', (evidence) => evidence.logs(/^got case plan one two argument$/)[0]);
    const given = JSON.parse(await readFile(join(dir, 'given'), 'utf8'));
    expect(given).toMatchObject({
      contract: 1,
      verb: 'run',
      url: 'http://gitlab.test',
      token: 'runner-token',
      checkInterval: 5,
    });
    expect(given.dir.startsWith(host.dir)).toBe(true);
    expect(await readFile(given.caFile, 'utf8')).toBe('a certificate');
    expect(given.caPem).toBeUndefined();
    expect(configuration.strict().parse(given)).toEqual(given);
    expect(await running.stop('forced')).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('ends its commands by themselves, and is given the token that it registers with', async () => {
    const path = await driver({ register: `cp "$2" ${dir}/given\n${printing({ command: ['sh', '-c', 'exit 4'] })}` });
    const { subject } = await resolved(path);
    await using host = await standInHost();
    expect(await subject(host).register(config, 'new-token')).toEqual({ code: 4, signal: null });
    expect(JSON.parse(await readFile(join(dir, 'given'), 'utf8'))).toMatchObject({ registrationToken: 'new-token' });
  });

  it.each([
    ['dies', 'kill -9 $$', /asked to run, failed \(SIGKILL\)/],
    ['prints no JSON', 'echo starting', /must print one JSON object/],
    ['names no program', printing({ command: [] }), /it must name a program/],
    ['writes elsewhere', printing({ command: ['true'], files: { '../other': '' } }), /a file is named relative to dir/],
  ])('is not started when its driver %s', async (_, body, words) => {
    const { subject } = await resolved(await driver({ run: body }));
    await using host = await standInHost();
    await expect(subject(host).run(config)).rejects.toThrow(words);
    expect(host.processes).toEqual([]);
  });
});
