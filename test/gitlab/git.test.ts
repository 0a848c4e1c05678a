import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RepositoryStore } from '../../harness/gitlab/index.ts';
import { gitClient, insteadOf, reachable } from './git-client.ts';
import { type Started, start } from './started.ts';

const PATH = 'group/sub/project';

async function clonable(started: Started): Promise<string> {
  const job = await started.takeJob();
  return reachable(started, job.git_info.repo_url);
}

describe('git over HTTP', () => {
  it('serves a clone, after a challenge', async () => {
    const files = { 'src/main.txt': 'hello\n', 'a "b" ü.txt': 'odd\n' };
    await using started = await start({
      repositories: [{ path: PATH, files, commits: 3 }],
      jobs: [{ repository: PATH }],
    });
    await using client = await gitClient();
    const job = await started.takeJob();
    await client.git('clone', '-q', reachable(started, job.git_info.repo_url), 'clone');
    expect(await readFile(join(client.dir, 'clone/src/main.txt'), 'utf8')).toBe('hello\n');
    expect(await readFile(join(client.dir, 'clone/a "b" ü.txt'), 'utf8')).toBe('odd\n');
    expect((await client.git('-C', 'clone', 'rev-parse', 'HEAD')).trim()).toBe(job.git_info.sha);
    expect((await client.git('-C', 'clone', 'rev-list', '--count', 'HEAD')).trim()).toBe('3');
    const exchanges = started.evidence.gitlab('git');
    expect(exchanges.map(({ method, status }) => [method, status])).toEqual([
      ['GET', 401],
      ['GET', 200],
      ['POST', 200],
      ['POST', 200],
    ]);
    expect(exchanges[0]?.responseHeaders).toContainEqual(['WWW-Authenticate', 'Basic realm="GitLab"']);
    expect(exchanges[1]?.headers).toContainEqual(['Authorization', 'Basic «job-token»']);
    expect(exchanges[1]?.headers).toContainEqual(['Git-Protocol', 'version=2']);
    expect(exchanges[1]?.responseBody?.text).toContain('version 2');
    expect(exchanges[3]?.body?.text).toContain('command=fetch');
    expect(started.flags).toEqual([]);
    expect(JSON.stringify(started.ledger.events)).not.toContain(job.token);
  });

  it('serves a shallow clone, a fetch of one commit, and a second fetch', async () => {
    await using started = await start({
      repositories: [{ path: PATH, commits: 5 }],
      jobs: [{ repository: PATH, depth: 1 }],
    });
    await using client = await gitClient();
    const job = await started.takeJob();
    expect(job.git_info.depth).toBe(1);
    expect(job.variables).toContainEqual({ key: 'GIT_DEPTH', value: '1', public: true, masked: false });
    const url = reachable(started, job.git_info.repo_url);
    await client.git('clone', '-q', '--depth', '1', url, 'clone');
    expect((await client.git('-C', 'clone', 'rev-list', '--count', 'HEAD')).trim()).toBe('1');
    await client.git('init', '-q', 'other');
    await client.git('-C', 'other', 'fetch', '-q', '--depth', '1', url, job.git_info.sha);
    await client.git('-C', 'clone', 'fetch', '-q', '--unshallow');
    expect((await client.git('-C', 'clone', 'rev-list', '--count', 'HEAD')).trim()).toBe('5');
    await client.git('-C', 'clone', 'fetch', '-q', 'origin', '+refs/heads/main:refs/remotes/origin/main');
  });

  it('makes the same repository every time', async () => {
    const spec = { repositories: [{ path: PATH, bytes: 100_000 }], jobs: [{ repository: PATH }] };
    await using one = await start(spec);
    await using two = await start(spec);
    expect((await one.takeJob()).git_info.sha).toBe((await two.takeJob()).git_info.sha);
  });

  it('serves a job without a repository a small one', async () => {
    await using started = await start({ jobs: [{}] });
    await using client = await gitClient();
    await client.git('clone', '-q', await clonable(started), 'clone');
    expect(await readFile(join(client.dir, 'clone/README.md'), 'utf8')).toBe('# group/project\n');
  });

  it('refuses wrong credentials, unknown repositories and pushes', async () => {
    await using started = await start({ repositories: [{ path: PATH }], jobs: [{ repository: PATH }] });
    await using client = await gitClient();
    const url = await clonable(started);
    const wrong = url.replace(/:[^:@]+@/, ':wrong-token@');
    await expect(client.git('clone', '-q', wrong, 'a')).rejects.toThrow('Authentication failed');
    await expect(client.git('clone', '-q', url.replace('sub/project', 'none'), 'b')).rejects.toThrow('not found');
    const user = url.replace('gitlab-ci-token:', 'somebody:');
    await expect(client.git('clone', '-q', user, 'c')).rejects.toThrow('Authentication failed');
    expect(started.flags).toEqual([
      'The credentials of this git request are wrong.',
      'There is no repository group/none.',
      'The credentials of this git request are wrong.',
    ]);
    await client.git('clone', '-q', url, 'clone');
    await expect(client.git('-C', 'clone', 'push', '-q', 'origin', 'HEAD:refs/heads/new')).rejects.toThrow('403');
  });

  it('refuses the token of a job that is over', async () => {
    await using started = await start({ repositories: [{ path: PATH }], jobs: [{ repository: PATH }] });
    await using client = await gitClient();
    const url = await clonable(started);
    started.gitlab.cancel(4001, 'canceled');
    await expect(client.git('clone', '-q', url, 'clone')).rejects.toThrow('Authentication failed');
    expect(started.flags).toEqual(['This git request has the token of job 4001, which is over.']);
  });

  it('has submodules by relative and by absolute URLs', async () => {
    const url = (repository: string, kind: 'relative' | 'absolute') => ({ repository, url: kind });
    await using started = await start({
      repositories: [
        { path: PATH, submodules: { near: url('group/near', 'relative'), 'deep/far': url('far', 'absolute') } },
        { path: 'group/near', files: { 'near.txt': 'near\n' }, submodules: { inner: url('far', 'relative') } },
        { path: 'far', files: { 'far.txt': 'far\n' } },
      ],
      jobs: [{ repository: PATH, submodules: 'recursive' }],
    });
    await using client = await gitClient();
    const job = await started.takeJob();
    expect(job.variables).toContainEqual({
      key: 'GIT_SUBMODULE_STRATEGY',
      value: 'recursive',
      public: true,
      masked: false,
    });
    const credentials = `http://gitlab-ci-token:${job.token}@127.0.0.1:${started.gitlab.port}/`;
    const rewrite = ['-c', `url.${credentials}.insteadOf=${started.gitlab.url}/`];
    await client.git(...rewrite, 'clone', '-q', '--recurse-submodules', `${started.gitlab.url}/${PATH}.git`, 'clone');
    expect(await readFile(join(client.dir, 'clone/near/near.txt'), 'utf8')).toBe('near\n');
    expect(await readFile(join(client.dir, 'clone/near/inner/far.txt'), 'utf8')).toBe('far\n');
    expect(await readFile(join(client.dir, 'clone/deep/far/far.txt'), 'utf8')).toBe('far\n');
    const modules = await readFile(join(client.dir, 'clone/.gitmodules'), 'utf8');
    expect(modules).toContain('url = ../../near.git');
    expect(modules).toContain(`url = ${started.gitlab.url}/far.git`);
  });

  it('says so when submodules lead in a circle, or a path is declared twice', async () => {
    const to = (repository: string) => ({ submodules: { m: { repository, url: 'relative' as const } } });
    const circle = {
      repositories: [
        { path: 'a', ...to('b') },
        { path: 'b', ...to('a') },
      ],
    };
    await expect(start(circle)).rejects.toThrow('The submodules of a, b lead in a circle');
    await expect(start({ repositories: [{ path: 'a' }, { path: 'a' }] })).rejects.toThrow('a is declared twice');
  });

  it('follows the plan', async () => {
    await using started = await start({
      repositories: [{ path: PATH }],
      jobs: [{ repository: PATH }],
      plan: [{ on: 'git', after: 1, times: 1, give: { status: 503 } }],
    });
    await using client = await gitClient();
    const url = await clonable(started);
    await expect(client.git('clone', '-q', url, 'clone')).rejects.toThrow('503');
    await client.git('clone', '-q', url, 'clone');
  });

  it('takes compressed requests', async () => {
    await using started = await start({
      repositories: [{ path: PATH, commits: 60 }],
      jobs: [{ repository: PATH }],
    });
    await using client = await gitClient();
    const url = await clonable(started);
    await client.git('clone', '-q', url, 'clone');
    const commits = (await client.git('-C', 'clone', 'rev-list', 'HEAD')).trim().split('\n');
    await client.git('init', '-q', 'other');
    // Many wants make the request long enough for git to compress it.
    await client.git('-C', 'other', 'fetch', '-q', url, ...commits);
    const compressed = started.evidence
      .gitlab('git')
      .filter(({ headers }) => headers.some(([name, value]) => name === 'Content-Encoding' && value === 'gzip'));
    expect(compressed.length).toBeGreaterThan(0);
    expect(compressed.every(({ status }) => status === 200)).toBe(true);
  });

  it('serves 100 MiB', async () => {
    const bytes = 100 * 1024 * 1024;
    await using started = await start({ repositories: [{ path: PATH, bytes }], jobs: [{ repository: PATH }] });
    await using client = await gitClient();
    await client.git('clone', '-q', '--bare', await clonable(started), 'clone');
    const fetched = started.evidence.gitlab('git').at(-1);
    expect(fetched?.responseBody?.bytes).toBeGreaterThan(bytes);
    expect(fetched?.responseBody?.complete).toBe(true);
  });
});

describe('Git LFS', () => {
  const CONTENT = 'a large file, in spirit\n'.repeat(1000);
  const spec = { repositories: [{ path: PATH, lfs: { 'big.bin': CONTENT } }], jobs: [{ repository: PATH }] };

  it('serves its files with the basic transfer', async () => {
    await using started = await start(spec);
    await using client = await gitClient();
    const url = await clonable(started);
    await client.git('lfs', 'install', '--skip-repo');
    await client.git(...insteadOf(started), 'clone', '-q', url, 'clone');
    expect(await readFile(join(client.dir, 'clone/big.bin'), 'utf8')).toBe(CONTENT);
    const kinds = started.evidence.gitlab('lfs').map(({ method, status }) => `${method} ${status}`);
    expect(kinds).toContain('POST 200');
    expect(kinds).toContain('GET 200');
    expect(started.flags).toEqual([]);
  });

  it('takes an upload, and refuses one whose content is another', async () => {
    await using started = await start(spec);
    await using client = await gitClient();
    await client.git('lfs', 'install', '--skip-repo');
    const rewrite = insteadOf(started);
    await client.git(...rewrite, 'clone', '-q', await clonable(started), 'clone');
    await writeFile(join(client.dir, 'clone/big.bin'), 'something new\n');
    const author = ['-c', 'user.name=n', '-c', 'user.email=e@example.invalid'];
    await client.git('-C', 'clone', ...author, 'commit', '-q', '-a', '-m', 'new');
    await client.git('-C', 'clone', ...rewrite, 'lfs', 'push', 'origin', 'main');
    const put = started.evidence.gitlab('lfs').find(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ status: 200, body: { bytes: 14, complete: true } });
    const authorization = `Basic ${Buffer.from(`gitlab-ci-token:${await token(started)}`).toString('base64')}`;
    const oid = 'a'.repeat(64);
    await started.api
      .put(`/${PATH}.git/gitlab-lfs/objects/${oid}/3`)
      .set('Authorization', authorization)
      .type('application/octet-stream')
      .send('abc')
      .expect(422);
    await started.api.get(`/${PATH}.git/gitlab-lfs/objects/${oid}`).set('Authorization', authorization).expect(404);
  });

  it('redirects downloads to object storage where it keeps its files there', async () => {
    await using started = await start({ ...spec, lfsAtStorage: true });
    const authorization = `Basic ${Buffer.from(`gitlab-ci-token:${await token(started)}`).toString('base64')}`;
    const oid = createHash('sha256').update(CONTENT).digest('hex');
    const path = `/${PATH}.git/gitlab-lfs/objects/${oid}`;
    const redirect = await started.api.get(path).set('Authorization', authorization).expect(302);
    const { pathname, search } = new URL(redirect.headers['location'] ?? '');
    expect(pathname).toMatch(/^\/object-storage\/lfs\//);
    const { body } = await started.api.get(pathname + search).expect(200);
    expect((body as Buffer).toString()).toBe(CONTENT);
    await started.api.get(pathname).expect(403);
    await started.api.get(pathname.replace(oid, 'a'.repeat(64)) + search).expect(403);
  });

  it('challenges, and refuses what is no batch request', async () => {
    await using started = await start({ ...spec, jobs: [] });
    started.gitlab.queue({ repository: PATH });
    const { token: password } = await started.takeJob();
    const path = `/${PATH}.git/info/lfs/objects/batch`;
    const challenged = await started.api.post(path).send({}).expect(401);
    expect(challenged.headers['lfs-authenticate']).toBe('Basic realm="GitLab"');
    expect(started.flags).toEqual([]);
    await started.api.post(path).auth('gitlab-ci-token', password).send({ operation: 'dance' }).expect(422);
    const missing = { oid: 'b'.repeat(64), size: 1 };
    const { body } = await started.api
      .post(path)
      .auth('gitlab-ci-token', password)
      .send({ operation: 'download', objects: [missing] })
      .expect(200);
    expect(body.objects).toEqual([{ ...missing, error: { code: 404, message: 'Object does not exist' } }]);
  });
});

/** The token of a new job of the repository. */
async function token(started: Started): Promise<string> {
  started.gitlab.queue({ repository: PATH });
  return (await started.takeJob()).token;
}

describe('a store of repositories', () => {
  it('serves several mocks, and makes each repository once', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-store-test-'));
    try {
      const repositories = new RepositoryStore(dir);
      const spec = { repositories: [{ path: PATH }], jobs: [{ repository: PATH }] };
      const started = await start(spec, { repositories });
      await started[Symbol.asyncDispose]();
      const before = await readdir(dir);
      await using again = await start(spec, { repositories });
      await using client = await gitClient();
      await client.git('clone', '-q', await clonable(again), 'clone');
      expect(await readdir(dir)).toEqual(before);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
