import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { GitlabSpec } from '../../harness/gitlab/index.ts';
import { createCertificateAuthority } from '../../harness/tls/index.ts';
import { type JobDocument, type Started, start } from './started.ts';

const ADDRESS = 'registry.test:5000';
const authority = await createCertificateAuthority('the test');
const signer = await authority.issue(['registry tokens']);

const startWithRegistry = (differs: Partial<GitlabSpec> = {}) =>
  start(
    { jobs: [{}], repositories: [{ path: 'group/project' }], ...differs },
    { registry: { address: ADDRESS, signer } },
  );

const ask = (started: Started, query: Record<string, string | string[]> = {}) =>
  started.api.get('/jwt/auth').query({ service: 'container_registry', ...query });

const scope = (name: string, actions = 'pull,push') => `repository:${name}:${actions}`;

/** What a token says, once its signature is checked. */
function claims(token: string): Record<string, unknown> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const key = createPublicKey(new X509Certificate(signer.cert).publicKey.export({ type: 'spki', format: 'pem' }));
  const bytes = Buffer.from(signature, 'base64url');
  const fits = verify('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, bytes);
  expect(fits).toBe(true);
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
    typ: 'JWT',
    alg: 'ES256',
    kid: expect.stringMatching(/^([A-Z2-7]{4}:){11}[A-Z2-7]{4}$/),
  });
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

const tokenOf = ({ body }: { body: { token: string } }) => claims(body.token);

describe('registry tokens', () => {
  it("let a running job into its project's repositories, and no others", async () => {
    await using started = await startWithRegistry();
    const job = await started.takeJob();
    const scopes = [scope('group/project'), scope('group/project/app', 'pull,push,delete'), scope('group/other')];
    const answer = await ask(started, { scope: scopes, account: 'gitlab-ci-token' })
      .auth('gitlab-ci-token', job.token)
      .expect(200);
    const now = Date.now() / 1000;
    expect(tokenOf(answer)).toMatchObject({
      iss: started.gitlab.registryAuth?.issuer,
      aud: 'container_registry',
      sub: 'gitlab-ci-token',
      access: [
        { type: 'repository', name: 'group/project', actions: ['pull', 'push'] },
        { type: 'repository', name: 'group/project/app', actions: ['pull', 'push'] },
      ],
    });
    expect(tokenOf(answer)['exp']).toBeGreaterThan(now + 200);
    expect(tokenOf(answer)['nbf']).toBeLessThan(now);
    expect(started.flags).toEqual([]);
    const [exchange] = started.evidence.gitlab('registry-token');
    expect(exchange?.responseBody?.text).toBe('{"token":"«registry-token»"}');
    expect(JSON.stringify(started.ledger.events)).not.toContain(answer.body.token);
  });

  it('let whoever has the deploy token in everywhere, at any time', async () => {
    await using started = await startWithRegistry();
    const { user = '', password = '' } = started.gitlab.registryLogin ?? {};
    const answer = await ask(started, { scope: scope('any/thing', 'pull') })
      .auth(user, password)
      .expect(200);
    expect(tokenOf(answer)['access']).toEqual([{ type: 'repository', name: 'any/thing', actions: ['pull'] }]);
    // What docker login asks: who am I, and nothing to be done.
    const login = await ask(started, { account: user, client_id: 'docker', offline_token: 'true' }).auth(
      user,
      password,
    );
    expect(tokenOf(login)['access']).toEqual([]);
  });

  it('let nobody in without credentials', async () => {
    await using started = await startWithRegistry();
    const answer = await ask(started, { scope: scope('group/project') }).expect(200);
    expect(tokenOf(answer)).toMatchObject({ access: [], sub: '' });
    await ask(started).expect(403);
    expect(started.flags).toEqual([]);
  });

  it('are refused for wrong credentials, and for a job that does not run', async () => {
    await using started = await startWithRegistry();
    const job = await started.takeJob();
    await ask(started).auth('gitlab-ci-token', 'wrong').expect(401);
    await ask(started).auth('somebody', job.token).expect(401);
    await started.api.put(`/api/v4/jobs/${job.id}`).send({ token: job.token, state: 'success' }).expect(200);
    await ask(started).auth('gitlab-ci-token', job.token).expect(401);
    expect(started.flags).toHaveLength(3);
  });

  it('are too kind in what is declared', async () => {
    await using careless = await startWithRegistry({ registryTokens: 'any-password' });
    const user = careless.gitlab.registryLogin?.user ?? '';
    await ask(careless).auth(user, 'wrong').expect(200);

    await using wide = await startWithRegistry({ registryTokens: 'any-repository' });
    const { password = '' } = wide.gitlab.registryLogin ?? {};
    await ask(wide, { scope: scope('one', 'pull') })
      .auth(user, password)
      .expect(200);
    const second = await ask(wide, { scope: scope('two', 'pull') }).auth(user, password);
    expect(tokenOf(second)['access']).toMatchObject([{ name: 'one' }, { name: 'two' }]);

    await using any = await startWithRegistry({ registryTokens: 'any-action' });
    const pull = await ask(any, { scope: scope('one', 'pull') }).auth(user, any.gitlab.registryLogin?.password ?? '');
    expect(tokenOf(pull)['access']).toEqual([{ type: 'repository', name: 'one', actions: ['pull', 'push'] }]);

    await using open = await startWithRegistry({ registryTokens: 'nobody' });
    const anybody = await ask(open, { scope: scope('one') }).expect(200);
    expect(tokenOf(anybody)['access']).toEqual([{ type: 'repository', name: 'one', actions: ['pull'] }]);

    await using shared = await startWithRegistry({ registryTokens: 'any-project' });
    const job = await shared.takeJob();
    const other = await ask(shared, { scope: scope('group/other') }).auth('gitlab-ci-token', job.token);
    expect(tokenOf(other)['access']).toEqual([{ type: 'repository', name: 'group/other', actions: ['pull', 'push'] }]);
  });

  it('are asked for by GET alone', async () => {
    await using started = await startWithRegistry();
    await started.api.post('/jwt/auth').send('grant_type=password').expect(404);
    expect(started.flags).toEqual([]);
  });

  it('are nowhere without a registry', async () => {
    await using started = await start();
    await ask(started).expect(404);
    expect(started.gitlab.registryAuth).toBeUndefined();
    expect(started.flags).toHaveLength(1);
  });
});

interface Payload extends JobDocument {
  readonly credentials: readonly object[];
}

describe('a job with a registry', () => {
  it('is told of it', async () => {
    await using started = await startWithRegistry();
    const job = (await started.takeJob()) as Payload;
    expect(job.credentials).toEqual([
      { type: 'registry', url: ADDRESS, username: 'gitlab-ci-token', password: job.token },
    ]);
    for (const [key, value] of [
      ['CI_REGISTRY', ADDRESS],
      ['CI_REGISTRY_USER', 'gitlab-ci-token'],
      ['CI_REGISTRY_IMAGE', `${ADDRESS}/group/project`],
    ]) {
      expect(job.variables).toContainEqual({ key, value, public: true, masked: false });
    }
    expect(job.variables).toContainEqual({
      key: 'CI_REGISTRY_PASSWORD',
      value: job.token,
      public: false,
      masked: true,
    });
  });
});
