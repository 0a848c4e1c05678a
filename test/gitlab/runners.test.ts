import { describe, expect, it } from 'vitest';
import { start } from './started.ts';

describe('the endpoints about runners', () => {
  it('registers a runner, verifies it and takes it away again', async () => {
    await using started = await start();
    const { api, gitlab, evidence } = started;
    const { body: registered } = await api
      .post('/api/v4/runners')
      .send({ token: gitlab.tokens.registration, description: 'a runner', info: { version: '14.10.1' } })
      .expect(201);
    expect(registered).toMatchObject({ id: expect.any(Number), token: expect.stringMatching(/^glrt-/) });
    const { token } = registered;
    await api
      .post('/api/v4/runners/verify')
      .send({ token })
      .expect(200, { ...registered });
    await api.delete('/api/v4/runners').send({ token }).expect(204);
    await api.post('/api/v4/runners/verify').send({ token }).expect(403);
    const kinds = started.evidence.gitlab().map(({ requestKind }) => requestKind);
    expect(kinds).toEqual(['register', 'verify', 'unregister', 'verify']);
    expect(evidence.gitlab()).toEqual([]);
    expect(JSON.stringify(started.ledger.events)).not.toContain(token);
    expect(started.evidence.gitlab('register')[0]?.body?.text).toContain('"token":"«registration-token»"');
  });

  it('takes the form that gitlab-python-runner registers with', async () => {
    await using started = await start();
    const form = { token: started.gitlab.tokens.registration, description: 'python' };
    await started.api.post('/api/v4/runners').type('form').send(form).expect(201);
  });

  it('refuses a wrong registration token, and flags it', async () => {
    await using started = await start();
    const { body } = await started.api.post('/api/v4/runners').send({ token: 'wrong-token' }).expect(403);
    expect(body).toEqual({ message: '403 Forbidden' });
    expect(started.flags).toEqual(['The token of this register request is not the registration token.']);
    const [flag] = started.evidence.of('flag');
    expect(flag?.exchange).toBe(started.evidence.gitlab()[0]?.id);
  });

  it('verifies a runner that is there from the start', async () => {
    await using started = await start();
    const { runner: token } = started.gitlab.tokens;
    const { body } = await started.api
      .post('/api/v4/runners/verify')
      .set('Runner-Token', token)
      .send({ token, system_id: 's_1' })
      .expect(200);
    expect(body.id).toBeGreaterThan(0);
    expect(started.flags).toEqual([]);
    const [exchange] = started.evidence.gitlab('verify');
    expect(exchange?.headers).toContainEqual(['Runner-Token', '«runner-token»']);
  });

  it('flags a header that has another token than the body', async () => {
    await using started = await start();
    const { runner: token } = started.gitlab.tokens;
    await started.api.post('/api/v4/runners/verify').set('RUNNER-TOKEN', 'glrt-other').send({ token }).expect(200);
    expect(started.flags).toEqual(['The header runner-token has another token than the body.']);
  });

  it('takes a machine of a runner away, but not the runner', async () => {
    await using started = await start();
    const { runner: token } = started.gitlab.tokens;
    await started.api.delete('/api/v4/runners/managers').send({ token, system_id: 's_1' }).expect(204);
    await started.api.delete('/api/v4/runners/managers').send({ token }).expect(400);
    await started.api.post('/api/v4/runners/verify').send({ token }).expect(200);
  });

  it('resets a token by itself and by the id of its runner', async () => {
    await using started = await start();
    const { api, gitlab } = started;
    const { runner, personal } = gitlab.tokens;
    const { body: one } = await api
      .post('/api/v4/runners/reset_authentication_token')
      .send({ token: runner })
      .expect(201);
    expect(one).toEqual({ token: expect.stringMatching(/^glrt-/), token_expires_at: null });
    await api.post('/api/v4/runners/verify').send({ token: runner }).expect(403);
    const { body: found } = await api.post('/api/v4/runners/verify').send({ token: one.token }).expect(200);
    const path = `/api/v4/runners/${found.id}/reset_authentication_token`;
    await api.post(path).set('PRIVATE-TOKEN', 'wrong').expect(403);
    const { body: two } = await api.post(path).set('PRIVATE-TOKEN', personal).expect(201);
    expect(two.token).not.toBe(one.token);
    await api.post('/api/v4/runners/999/reset_authentication_token').set('PRIVATE-TOKEN', personal).expect(404);
    const kinds = new Set(started.evidence.gitlab('reset-token').map(({ target }) => target));
    expect(kinds.size).toBe(3);
  });

  it('says that job routing is not enabled', async () => {
    await using started = await start();
    const { runner } = started.gitlab.tokens;
    const { body } = await started.api.get('/api/v4/runners/router/discovery').set('Runner-Token', runner).expect(501);
    expect(body).toEqual({ message: '501 Not Implemented' });
    await started.api.get('/api/v4/runners/router/discovery').expect(403);
    expect(started.evidence.gitlab('discovery')).toHaveLength(2);
  });

  it('refuses what is not JSON, and JSON that is not what the endpoint takes', async () => {
    await using started = await start();
    const { api } = started;
    await api.post('/api/v4/runners/verify').type('json').send('{"token":').expect(400);
    await api.post('/api/v4/runners/verify').send({ token: 7 }).expect(400);
    await api.post('/api/v4/runners/verify').send([]).expect(400);
    expect(started.flags[0]).toBe('The body of this verify request is not JSON.');
    expect(started.flags[1]).toContain('token: ');
    expect(started.flags).toHaveLength(3);
  });

  it('answers 404 to what it does not know, and flags it', async () => {
    await using started = await start();
    const { api } = started;
    await api.get('/api/v4/projects').expect(404, { error: '404 Not Found' });
    await api.put('/api/v4/jobs/abc').send({}).expect(404);
    await api.get('/%zz/%').expect(404);
    await api.post('/').send('x'.repeat(2_000_000)).expect(413);
    expect(started.evidence.gitlab('unknown')).toHaveLength(4);
    expect(started.flags[0]).toContain("GitLab's runner API has no GET /api/v4/projects");
    expect(started.flags).toHaveLength(4);
  });

  it('answers only the kinds of requests that are allowed', async () => {
    await using started = await start({}, { allowedKinds: ['verify'] });
    const { runner: token, registration } = started.gitlab.tokens;
    await started.api.post('/api/v4/runners/verify').send({ token }).expect(200);
    await started.api.post('/api/v4/runners').send({ token: registration }).expect(404);
  });
});
