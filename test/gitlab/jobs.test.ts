import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type JobDocument, type Started, start } from './started.ts';

const checksumOf = (text: string): string => `crc32:${crc32(text).toString(16).padStart(8, '0')}`;

function patch(started: Started, job: JobDocument, offset: number, text: string, range?: string) {
  return started.api
    .patch(`/api/v4/jobs/${job.id}/trace`)
    .set('Content-Type', 'text/plain')
    .set('Content-Range', range ?? `${offset}-${offset + text.length - 1}`)
    .set('JOB-TOKEN', job.token)
    .send(text);
}

const update = (started: Started, job: JobDocument, body: object) =>
  started.api
    .put(`/api/v4/jobs/${job.id}`)
    .set('JOB-TOKEN', job.token)
    .send({ token: job.token, ...body });

describe('jobs', () => {
  it('says that there is no job', async () => {
    await using started = await start();
    const { runner: token } = started.gitlab.tokens;
    const { headers } = await started.api.post('/api/v4/jobs/request').send({ token }).expect(204);
    expect(headers['x-gitlab-last-update']).toMatch(/^[0-9a-f]{32}$/);
    expect(headers['content-length']).toBeUndefined();
  });

  it('refuses a body that it took before when the same bytes come as another type', async () => {
    await using started = await start();
    const body = JSON.stringify({ token: started.gitlab.tokens.runner });
    const poll = (type: string) => started.api.post('/api/v4/jobs/request').set('Content-Type', type).send(body);
    await poll('application/json').expect(204);
    await poll('application/x-www-form-urlencoded').expect(400);
    await poll('application/json').expect(204);
  });

  it('does not queue a job with a key that it would ignore', async () => {
    await using started = await start();
    const job = { scripts: ['echo hello'] } as object;
    expect(() => started.gitlab.queue(job)).toThrow(
      'GitLab cannot queue this job: the job has no key “scripts”. Did you mean “script”?',
    );
  });

  it('refuses a token that is no runner', async () => {
    await using started = await start({ jobs: [{}] });
    await started.api.post('/api/v4/jobs/request').send({ token: 'glrt-stranger' }).expect(403);
    expect(started.flags).toEqual(["The token of this job request is no runner's token."]);
    expect(started.gitlab.job(4001).state).toBe('pending');
  });

  it('hands a job out, follows it and records its end', async () => {
    await using started = await start({ traceUpdateInterval: 5 });
    const queued = started.gitlab.queue({ script: ['echo hello'], variables: { GREETING: 'hello' } });
    expect(queued).toMatchObject({ id: 4001, state: 'pending', trace: '' });
    const job = await started.takeJob();
    expect(job).not.toHaveProperty('run');
    expect(job.variables).toContainEqual({ key: 'GREETING', value: 'hello', public: true, masked: false });
    expect(job.variables).toContainEqual({ key: 'GIT_STRATEGY', value: 'none', public: true, masked: false });
    expect(job.git_info.repo_url).toBe(
      `http://gitlab-ci-token:${job.token}@gitlab.test:${started.gitlab.port}/group/project.git`,
    );
    expect(job.git_info.sha).toMatch(/^[0-9a-f]{40}$/);
    const running = await update(started, job, { state: 'running' }).expect(200);
    expect(running.headers).toMatchObject({ 'job-status': 'running', 'x-gitlab-trace-update-interval': '5' });
    const patched = await patch(started, job, 0, 'hello\n').expect(202);
    expect(patched.headers).toMatchObject({
      range: '0-6',
      'job-status': 'running',
      'x-gitlab-trace-update-interval': '5',
    });
    await patch(started, job, 6, 'again\n', '6-12').expect(202);
    const output = { checksum: checksumOf('hello\nagain\n'), bytesize: 12 };
    await update(started, job, { state: 'success', output }).expect(200);
    expect(started.gitlab.job(job.id)).toMatchObject({ state: 'success', trace: 'hello\nagain\n' });
    const events = started.evidence.of('job');
    expect(events.map(({ what }) => what)).toEqual(['queued', 'handed-out', 'running', 'trace', 'trace', 'finished']);
    expect(events.filter(({ what }) => what === 'trace').map(({ range }) => range)).toEqual([
      [0, 6],
      [6, 12],
    ]);
    expect(events.at(-1)).toMatchObject({
      state: 'success',
      checksumMatches: true,
      trace: { bytes: 12, text: 'hello\nagain\n', complete: true },
    });
    expect(started.flags).toEqual([]);
    expect(JSON.stringify(started.ledger.events)).not.toContain(job.token);
  });

  it('shows tokens by their names', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    await patch(started, job, 0, `the token is ${job.token}\n`).expect(202);
    const [exchange] = started.evidence.gitlab('trace');
    expect(exchange?.headers).toContainEqual(['JOB-TOKEN', '«job-token»']);
    expect(exchange?.body?.text).toBe('the token is «job-token»\n');
    expect(started.evidence.gitlab('job')[0]?.responseBody?.text).toContain('http://«job-token»@gitlab.test');
  });

  it('refuses a part of the trace that does not begin where the trace ends', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    await patch(started, job, 0, 'one').expect(202);
    const gap = await patch(started, job, 10, 'two').expect(416);
    expect(gap.headers['range']).toBe('0-3');
    expect((await patch(started, job, 0, 'one').expect(416)).headers['range']).toBe('0-3');
    await patch(started, job, 3, 'two', 'nonsense').expect(416);
    await started.api.patch(`/api/v4/jobs/${job.id}/trace`).set('JOB-TOKEN', job.token).send('x').expect(400);
    expect(started.gitlab.job(job.id).trace).toBe('one');
    expect(started.flags).toHaveLength(4);
  });

  it('takes a range whose end is beyond the last byte, and flags any other', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    await patch(started, job, 0, 'one', '0-3').expect(202);
    expect(started.flags).toEqual([]);
    await patch(started, job, 3, 'two', '3-99').expect(202);
    expect(started.flags).toEqual(['The range of this part of the trace is 3-99, but it has 3 bytes.']);
  });

  it('ends a job whose trace is too long', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    const part = 'x'.repeat(4 * 1024 * 1024);
    await patch(started, job, 0, part).expect(202);
    await patch(started, job, part.length, part).expect(202);
    const refused = await patch(started, job, 2 * part.length, 'x').expect(403);
    expect(refused.headers['job-status']).toBe('failed');
    expect(started.evidence.of('job').at(-1)).toMatchObject({
      what: 'finished',
      failureReason: 'trace_size_exceeded',
      trace: { bytes: 2 * part.length },
    });
  });

  it('asks a runner whose trace is not whole to come again, and in the end takes what is there', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    await patch(started, job, 0, 'half').expect(202);
    const end = { state: 'failed', failure_reason: 'script_failure', output: { checksum: 'crc32:0', bytesize: 8 } };
    for (let time = 1; time <= 3; time++) await update(started, job, end).expect(202);
    await update(started, job, end).expect(200);
    expect(started.evidence.of('job').at(-1)).toMatchObject({
      state: 'failed',
      failureReason: 'script_failure',
      checksumMatches: false,
    });
    expect(started.flags).toEqual([`Job ${job.id} ends with 4 of 8 bytes of its trace.`]);
  });

  it('refuses wrong job tokens and jobs that are over', async () => {
    await using started = await start({ jobs: [{}, {}] });
    const [one, two] = [await started.takeJob(), await started.takeJob()];
    await patch(started, { ...one, token: two.token }, 0, 'x').expect(403);
    await update(started, { ...one, token: 'wrong' }, { state: 'success' }).expect(403);
    await started.api.patch(`/api/v4/jobs/${one.id}/trace`).set('Content-Range', '0-0').send('x').expect(403);
    await update(started, { ...one, id: 99 }, { state: 'success' }).expect(403);
    await update(started, one, { state: 'success' }).expect(200);
    const again = await update(started, one, { state: 'success' }).expect(403);
    expect(again.headers['job-status']).toBe('success');
    expect(started.flags).toHaveLength(5);
  });

  it('asks for a job to be canceled', async () => {
    await using started = await start({ jobs: [{}, {}] });
    const [one, two] = [await started.takeJob(), await started.takeJob()];
    started.gitlab.cancel(one.id, 'canceling');
    expect((await patch(started, one, 0, 'x').expect(202)).headers['job-status']).toBe('canceling');
    await update(started, one, { state: 'failed', failure_reason: 'job_canceled' }).expect(200);
    expect(started.gitlab.job(one.id).state).toBe('canceled');
    started.gitlab.cancel(two.id, 'canceled');
    expect((await patch(started, two, 0, 'x').expect(403)).headers['job-status']).toBe('canceled');
    expect(() => started.gitlab.cancel(1, 'canceled')).toThrow(RangeError);
  });

  it('does not hand out a job that was canceled while it waited', async () => {
    await using started = await start({ jobs: [{}, {}] });
    started.gitlab.cancel(4001, 'canceled');
    expect((await started.takeJob()).id).toBe(4002);
  });

  it('refuses a job whose repository is not declared', async () => {
    await using started = await start();
    expect(() => started.gitlab.queue({ repository: 'no/such' })).toThrow('no/such, which is not declared');
    await expect(start({ jobs: [{ repository: 'no/such' }] })).rejects.toThrow('no/such');
  });

  it('answers with a request id of its own making, a ULID, where the client sends one', async () => {
    await using started = await start();
    const { runner: token } = started.gitlab.tokens;
    const id = 'a'.repeat(32);
    const ask = () => started.api.post('/api/v4/jobs/request').set('X-Request-Id', id).send({ token });
    const ids = [await ask(), await ask()].map(({ headers }) => headers['x-request-id']);
    for (const each of ids) expect(each).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(new Set(ids).size).toBe(2);
  });
});
