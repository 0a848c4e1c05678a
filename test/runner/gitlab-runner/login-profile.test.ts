import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from '../../../harness/process/index.ts';
import { writeLoginProfile } from '../../../harness/runner/gitlab-runner/login-profile.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
  await writeLoginProfile(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** The proxy variables a job sees, after a machine's profile has set some. */
async function jobSees(env: Record<string, string>, machineProfile: string): Promise<string[]> {
  const file = join(home, 'machine-profile');
  await writeFile(file, machineProfile);
  // As `bash -l` does: the machine's profile, then the user's.
  const script = `. ${file}; . ${home}/.bash_profile; env -0 | tr '\\0' '\\1'`;
  const { stdout } = await run('bash', ['--norc', '--noprofile', '-c', script], {
    env: { HOME: home, PATH: process.env['PATH'], ...env },
    limitMs: 30_000,
  });
  return stdout
    .split('\u0001')
    .filter((each) => /^[a-z]+_proxy=/i.test(each))
    .sort();
}

it("takes out the machine's proxies", async () => {
  expect(await jobSees({}, 'export http_proxy=http://machine:1 NO_PROXY=x all_proxy=y')).toEqual([]);
});

it('puts back what the case has', async () => {
  const env = { HTTP_PROXY: `http://u:a'b"$c\\d\ne@p:1/`, no_proxy: 'x y', https_proxy: '' };
  expect(await jobSees(env, 'export HTTP_PROXY=http://machine:1 no_proxy=z https_proxy=q FTP_PROXY=q')).toEqual(
    Object.entries(env)
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
  );
});

it('sets nothing that was not there', async () => {
  expect(await jobSees({ HTTPS_PROXY: 'http://p:1' }, ':')).toEqual(['HTTPS_PROXY=http://p:1']);
});
