import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunnerConfig } from '../../../harness/runner/subject.ts';
import { type Bench, bench, job, type Profile } from './bench.ts';
import { StandInGit } from './stand-in-git.ts';

interface Place extends AsyncDisposable {
  readonly here: Bench;
  readonly git: StandInGit;
  /** Runs a job on a repository, as the proxy's client unless told otherwise; true when it succeeded. */
  gets(sha: string, options?: Options): Promise<boolean>;
  readonly checkout: string;
}

interface Options {
  readonly depth?: number;
  readonly variables?: Readonly<Record<string, string>>;
  readonly config?: Partial<RunnerConfig>;
}

const hasLfs = spawnSync('git', ['lfs', 'version']).status === 0;

const HOOK = 'git config --global http.proxy "$HTTP_PROXY"';

/** gitlab.test does not resolve here, so git gets there by the proxy alone: which is the server itself. */
async function place(mutant?: string, profile?: Profile): Promise<Place> {
  const here = await bench({ ...(mutant ? { mutant } : {}), ...(profile ? { profile } : {}) });
  const git = await StandInGit.start();
  const proxy = `http://127.0.0.1:${git.port}`;
  return {
    here,
    git,
    checkout: join(here.host.dir, 'builds', '0', 'group', 'p'),
    gets: async (sha, options = {}) => {
      const variables = { CI_PROJECT_PATH: 'group/p', ...options.variables };
      const done = here.gitlab.of('update').length;
      here.gitlab.giveJob(
        job({
          git_info: {
            repo_url: 'http://gitlab-ci-token:job-token-7@gitlab.test/group/p.git',
            ref: 'main',
            sha,
            refspecs: ['+refs/heads/main:refs/remotes/origin/main'],
            depth: options.depth ?? 0,
          },
          variables: Object.entries(variables).map(([key, value]) => ({ key, value })),
          steps: [{ name: 'script', script: ['ls'] }],
        }),
      );
      const env = { NO_PROXY: '', HTTP_PROXY: '', http_proxy: '' };
      const config = { environment: [`http_proxy=${proxy}`], ...options.config };
      await here.runUntil(() => here.gitlab.of('update').length > done, { env, ...config });
      return here.gitlab.end?.state === 'success';
    },
    [Symbol.asyncDispose]: async () => {
      await git[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
    },
  };
}

const inCheckout = (where: Place, ...args: string[]): string =>
  execFileSync('git', args, { cwd: where.checkout, encoding: 'utf8', stdio: 'pipe' }).trim();

describe('sources', () => {
  it('are cloned by git, as the runner, through the proxy of the environment', async () => {
    await using where = await place();
    const sha = where.git.commit('group/p', { README: 'read me' });
    expect(await where.gets(sha)).toBe(true);
    expect(readFileSync(join(where.checkout, 'README'), 'utf8')).toBe('read me');
    expect(where.git.seen.every((each) => each.forwarded)).toBe(true);
    expect(where.git.seen[0]?.userAgent).toMatch(/^gitlab-runner 14\.10\.1 /);
    expect(where.here.gitlab.trace).toContain(`Checking out ${sha.slice(0, 8)} as main...`);
    expect(where.here.gitlab.trace).not.toContain('job-token-7');
  });

  it('are fetched into the checkout of the job before', async () => {
    await using where = await place();
    await where.gets(where.git.commit('group/p', { README: '1' }));
    writeFileSync(join(where.checkout, '.git', 'mark'), '');
    expect(await where.gets(where.git.commit('group/p', { README: '2' }))).toBe(true);
    expect(readFileSync(join(where.checkout, 'README'), 'utf8')).toBe('2');
    expect(existsSync(join(where.checkout, '.git', 'mark'))).toBe(true);
  });

  it('have the depth that is asked for, and all history when none is', async () => {
    await using where = await place();
    for (const each of '12') where.git.commit('group/p', { README: each });
    const sha = where.git.commit('group/p', { README: '3' });
    expect(await where.gets(sha, { depth: 1 })).toBe(true);
    expect(inCheckout(where, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(await where.gets(sha)).toBe(true);
    expect(inCheckout(where, 'rev-list', '--count', 'HEAD')).toBe('3');
  });

  it.each(['../lib.git', 'http://gitlab.test/group/lib.git'])('have the submodule %s', async (url) => {
    await using where = await place();
    where.git.commit('group/lib', { code: 'lib' });
    const sha = withSubmodule(where, url);
    expect(await where.gets(sha, { variables: { GIT_SUBMODULE_STRATEGY: 'recursive' } })).toBe(true);
    expect(readFileSync(join(where.checkout, 'lib', 'code'), 'utf8')).toBe('lib');
    expect(await where.gets(sha)).toBe(true);
  });

  it.runIf(hasLfs)('have their objects of Git LFS', async () => {
    await using where = await place();
    const files = { '.gitattributes': '*.bin filter=lfs -text\n', 'a.bin': where.git.lfs('large') };
    expect(await where.gets(where.git.commit('group/p', files))).toBe(true);
    expect(readFileSync(join(where.checkout, 'a.bin'), 'utf8')).toBe('large');
    expect(where.git.requests).toContain('POST /group/p.git/info/lfs/objects/batch');
  });

  it('fail the job when they cannot be got, and the trace says why', async () => {
    await using where = await place();
    expect(await where.gets('0'.repeat(40))).toBe(false);
    expect(where.here.gitlab.end?.failure_reason).toBe('runner_system_failure');
    expect(where.here.gitlab.trace).toContain('fatal: ');
  });
});

/** As when only upper-case variables are set, which git ignores for http. */
const upperCaseOnly = (where: Place, hook?: string): Options => ({
  config: {
    environment: [`HTTP_PROXY=http://127.0.0.1:${where.git.port}`],
    ...(hook ? { getSourcesHook: hook } : {}),
  },
});

describe('the hook of the get-sources step', () => {
  it('is run before git, in the environment of the job', async () => {
    await using where = await place();
    const sha = where.git.commit('group/p', { README: '1' });
    expect(await where.gets(sha, upperCaseOnly(where, HOOK))).toBe(true);
    expect(readFileSync(join(where.here.host.dir, '.gitconfig'), 'utf8')).toContain('proxy = http://127.0.0.1');
  });

  it('is needed where git does not take the variables', async () => {
    await using where = await place();
    expect(await where.gets(where.git.commit('group/p', { README: '1' }), upperCaseOnly(where))).toBe(false);
    expect(where.git.seen).toHaveLength(0);
  });

  it('fails the job when it fails', async () => {
    await using where = await place();
    const options = upperCaseOnly(where, `${HOOK}\nfalse`);
    expect(await where.gets(where.git.commit('group/p', { README: '1' }), options)).toBe(false);
  });
});

describe('mutants of git', () => {
  it('git-goes-direct', async () => {
    await using where = await place('git-goes-direct');
    expect(await where.gets(where.git.commit('group/p', { README: '1' }))).toBe(false);
    expect(where.git.seen).toHaveLength(0);
    expect(where.here.gitlab.trace).toMatch(/Could not resolve host: gitlab\.test/);
  });

  it.each(['skips-the-hook', 'hook-after-git'])('%s', async (mutant) => {
    await using where = await place(mutant);
    const sha = where.git.commit('group/p', { README: '1' });
    expect(await where.gets(sha, upperCaseOnly(where, HOOK))).toBe(false);
    expect(await where.gets(sha, { config: { getSourcesHook: HOOK } })).toBe(true);
  });

  it('git-full-clone-ignores-depth', async () => {
    await using where = await place('git-full-clone-ignores-depth');
    where.git.commit('group/p', { README: '1' });
    await where.gets(where.git.commit('group/p', { README: '2' }), { depth: 1 });
    expect(inCheckout(where, 'rev-list', '--count', 'HEAD')).toBe('2');
  });

  it('skips-submodules', async () => {
    await using where = await place('skips-submodules');
    where.git.commit('group/lib', { code: 'lib' });
    const sha = withSubmodule(where, '../lib.git');
    await where.gets(sha, { variables: { GIT_SUBMODULE_STRATEGY: 'normal' } });
    expect(existsSync(join(where.checkout, 'lib', 'code'))).toBe(false);
  });

  it('skips-lfs', async () => {
    await using where = await place('skips-lfs');
    const files = { '.gitattributes': '*.bin filter=lfs -text\n', 'a.bin': where.git.lfs('large') };
    await where.gets(where.git.commit('group/p', files));
    expect(readFileSync(join(where.checkout, 'a.bin'), 'utf8')).toContain('git-lfs.github.com/spec/v1');
  });

  it('clones-afresh', async () => {
    await using where = await place('clones-afresh');
    const sha = where.git.commit('group/p', { README: '1' });
    await where.gets(sha);
    writeFileSync(join(where.checkout, '.git', 'mark'), '');
    await where.gets(sha);
    expect(existsSync(join(where.checkout, '.git', 'mark'))).toBe(false);
  });

  it('fails-on-large', async () => {
    await using where = await place('fails-on-large');
    expect(await where.gets(where.git.commit('group/p', { small: 'x' }))).toBe(true);
    const large = randomBytes(5 << 20).toString('latin1');
    expect(await where.gets(where.git.commit('group/p', { large }))).toBe(false);
  });
});

function withSubmodule(where: Place, url: string): string {
  return where.git.commit('group/p', {}, (git) => {
    git('submodule', '--quiet', 'add', '../../../bare/group/lib.git', 'lib');
    git('config', '-f', '.gitmodules', 'submodule.lib.url', url);
  });
}
