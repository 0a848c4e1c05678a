import { crc32 } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { RunnerConfig } from '../../../harness/runner/subject.ts';
import { type Bench, bench, job, until } from './bench.ts';

/** Runs one job to its end. */
async function runs(here: Bench, changes: object = {}, config: Partial<RunnerConfig> = {}): Promise<void> {
  const ends = here.gitlab.of('update').length;
  here.gitlab.giveJob(job(changes));
  await here.runUntil(() => here.gitlab.of('update').length > ends, config);
}

const script = (...lines: string[]): object => ({ steps: [{ name: 'script', script: lines, when: 'on_success' }] });

describe('a job', () => {
  it('is run, its trace sent in order, and its success told with the checksum of the trace', async () => {
    await using here = await bench();
    await runs(here);
    expect(here.gitlab.trace).toContain('$ echo hello\nhello\n$ echo world\nworld\n');
    expect(here.gitlab.trace).toMatch(/Job succeeded\n$/);
    const sum = crc32(here.gitlab.trace).toString(16).padStart(8, '0');
    const bytesize = Buffer.byteLength(here.gitlab.trace);
    expect(here.gitlab.end).toMatchObject({ state: 'success', output: { checksum: `crc32:${sum}`, bytesize } });
    expect(here.host.evidence.logs(/Job succeeded/)).toHaveLength(1);
    let next = 0;
    for (const { headers, body } of here.gitlab.of('trace')) {
      expect(headers['content-range']).toBe(`${next}-${next + body.length - 1}`);
      next += body.length;
    }
    expect(here.gitlab.of('trace').length).toBeGreaterThan(2);
  });

  it.each([
    ['14.10', undefined, undefined, 'job-token-7'],
    ['18.3', 'runner-token-1', 'job-token-7', 'job-token-7'],
  ] as const)('%s shows its tokens where its version does', async (profile, poll, update, trace) => {
    await using here = await bench({ profile });
    await runs(here);
    expect(here.gitlab.of('job')[0]?.headers['runner-token']).toBe(poll);
    expect(here.gitlab.of('update')[0]?.headers['job-token']).toBe(update);
    expect(here.gitlab.of('trace')[0]?.headers['job-token']).toBe(trace);
  });

  it('that fails is told to have failed', async () => {
    await using here = await bench();
    await runs(here, script('echo before', 'exit 3', 'echo after'));
    expect(here.gitlab.end).toMatchObject({ state: 'failed', failure_reason: 'script_failure', exit_code: 3 });
    expect(here.gitlab.trace).toContain('ERROR: Job failed: exit status 3');
    expect(here.gitlab.trace).not.toContain('echo after');
  });

  it('has its variables, those of config.toml, and those of the runner itself', async () => {
    await using here = await bench();
    const variables = [
      { key: 'GIT_STRATEGY', value: 'none' },
      { key: 'WHOSE', value: 'job' },
      { key: 'NAMED', value: "it's $WHOSE" },
      { key: 'CONTENT', value: 'of a file', file: true },
    ];
    const lines = ['echo "[$WHOSE] [$NAMED] [$(cat $CONTENT)] [$OWN] [$PASSED]"'];
    const config = { env: { PASSED: 'inherited' }, environment: ['WHOSE=config', 'OWN=a=b $$x'] };
    await runs(here, { variables, ...script(...lines) }, config);
    expect(here.gitlab.trace).toContain("[job] [it's job] [of a file] [a=b $x] [inherited]");
  });

  it('shows no secret in its trace, even when it prints one piece by piece', async () => {
    await using here = await bench();
    const env = here.proxied('user:p%40ssword');
    const lines = [
      'echo "$HTTP_PROXY $http_proxy"',
      'printf job-to; sleep 0.02; printf "ken-7 p@ss"; sleep 0.02; echo word',
    ];
    await runs(here, script(...lines), { env });
    expect(here.gitlab.end?.state).toBe('success');
    expect(here.gitlab.trace).toContain('user:[MASKED]@proxy.test');
    expect(here.gitlab.trace).toContain('\n[MASKED] [MASKED]\n');
    expect(here.gitlab.trace).not.toMatch(/p%40ssword|p@ssword\b(?!")|job-token-7/);
  });

  it('sends a long trace in pieces of one MiB', async () => {
    await using here = await bench();
    await runs(here, script('head -c 2500000 /dev/zero | tr "\\0" x'));
    expect(here.gitlab.end?.output.bytesize).toBe(Buffer.byteLength(here.gitlab.trace));
    expect(Math.max(...here.gitlab.of('trace').map((each) => each.body.length))).toBe(1 << 20);
  });

  it('ends when it takes too long', async () => {
    await using here = await bench();
    here.gitlab.give('trace', { status: 202 }, { status: 202 });
    here.gitlab.giveJob(
      job({ runner_info: { timeout: 1 }, ...script('echo x'), dependencies: [{ id: 3, token: 't' }] }),
    );
    here.gitlab.give('download', { status: 0, hangs: true });
    await here.runUntil(() => here.gitlab.end?.state === 'failed');
    expect(here.gitlab.end?.failure_reason).toBe('job_execution_timeout');
  });

  it.each(['canceling', 'canceled'])('ends when GitLab says %s', async (state) => {
    await using here = await bench();
    here.gitlab.give('trace', { status: 202, headers: { 'Job-Status': state } });
    await runs(here, script('echo ran'));
    expect(here.gitlab.end).toMatchObject({ state: 'failed', failure_reason: 'job_canceled' });
    expect(here.gitlab.trace).not.toContain('\nran\n');
  });

  it('says that it still runs when it has printed nothing for a while', async () => {
    await using here = await bench();
    here.gitlab.giveJob(job({ dependencies: [{ id: 3, token: 't' }] }));
    here.gitlab.give('download', { status: 0, hangs: true });
    await here.runUntil(() => here.gitlab.of('update').length > 2);
    const states = here.gitlab.of('update').map((each) => JSON.parse(each.body.toString()).state);
    expect(states[0]).toBe('running');
  });
});

describe('what GitLab answers to a trace', () => {
  it('416: goes on where GitLab is', async () => {
    await using here = await bench();
    here.gitlab.give('trace', { status: 202 }, { status: 416, headers: { Range: '0-5' } });
    await runs(here);
    expect(here.gitlab.of('trace')[2]?.headers['content-range']).toMatch(/^5-/);
    expect(here.gitlab.end?.state).toBe('success');
  });

  it('404: sends no more of it', async () => {
    await using here = await bench();
    here.gitlab.give('trace', { status: 404 });
    await runs(here);
    expect(here.gitlab.of('trace')).toHaveLength(1);
    expect(here.gitlab.end?.state).toBe('success');
  });

  it('403: ends the job', async () => {
    await using here = await bench();
    here.gitlab.give('trace', { status: 403 });
    await runs(here);
    expect(here.gitlab.end?.state).toBe('failed');
  });

  it('500: sends the same again after the update interval', async () => {
    await using here = await bench();
    here.gitlab.give('trace', ...Array.from({ length: 4 }, () => ({ status: 500 })));
    await runs(here);
    const ranges = here.gitlab.of('trace').map((each) => each.headers['content-range']?.toString() ?? '');
    expect(ranges.every((range, index) => index > 4 || range.startsWith('0-'))).toBe(true);
    expect(here.gitlab.end?.state).toBe('success');
  });

  it('another update interval: keeps to it', async () => {
    await using here = await bench();
    const slower = { 'X-GitLab-Trace-Update-Interval': '60' };
    here.gitlab.give('update', { status: 202, headers: slower }, { status: 200 });
    here.gitlab.giveJob(job());
    await here.runUntil(() => here.gitlab.of('update').length === 2);
    const [first, second] = here.gitlab.of('update');
    expect((second?.t ?? 0) - (first?.t ?? 0)).toBe(60_000);
  });
});

describe('what GitLab answers to the end of a job', () => {
  it('412: sends the whole trace again', async () => {
    await using here = await bench();
    here.gitlab.give('update', { status: 412 });
    here.gitlab.giveJob(job());
    await here.runUntil(() => here.gitlab.of('update').length === 2);
    const again = here.gitlab.of('trace').at(-1);
    expect(again?.headers['content-range']).toMatch(/^0-/);
    expect(again?.body.length).toBe(here.gitlab.end?.output.bytesize);
  });

  it('500 for ever: gives up', async () => {
    await using here = await bench();
    here.gitlab.give('update', ...Array.from({ length: 20 }, () => ({ status: 500 })));
    here.gitlab.giveJob(job());
    await here.runUntil(() => here.host.evidence.logs(/gave up/).length > 0);
    expect(here.gitlab.of('update')).toHaveLength(10);
  });
});

describe('artifacts', () => {
  const artifacts = [{ name: 'built', paths: ['out/', '*.txt'], when: 'always', expire_in: '1 day' }];
  const making = { artifacts, ...script('mkdir out; echo deep > out/deep; echo flat > flat.txt; echo no > other') };

  it('are uploaded as a chunked form with an archive in it', async () => {
    await using here = await bench();
    await runs(here, making);
    const [upload] = here.gitlab.of('upload');
    expect(upload?.url).toBe('/api/v4/jobs/7/artifacts?artifact_format=zip&artifact_type=archive&expire_in=1+day');
    expect(upload?.headers).toMatchObject({ 'transfer-encoding': 'chunked', 'job-token': 'job-token-7' });
    const text = upload?.body.toString('latin1') ?? '';
    expect(text).toContain('name="file"; filename="built.zip"');
    expect(text).toContain('out/deep');
    expect(text).toContain('flat.txt');
    expect(text).not.toContain('other');
    expect(here.gitlab.end?.state).toBe('success');
  });

  it.each([
    [500, 3],
    [503, 6],
    [413, 1],
    [403, 1],
  ])('that are refused with %i are tried %i times', async (status, tries) => {
    await using here = await bench();
    here.gitlab.give('upload', ...Array.from({ length: 9 }, () => ({ status })));
    await runs(here, making);
    expect(here.gitlab.of('upload')).toHaveLength(tries);
    expect(here.gitlab.end?.state).toBe('failed');
  });

  it('of other jobs are downloaded, by a redirect too, and unpacked', async () => {
    await using here = await bench();
    const body = Buffer.from(zipSync({ 'from/before': strToU8('earlier') }));
    here.gitlab.give('download', { status: 302, headers: { Location: '/api/v4/jobs/3/artifacts?stored' } });
    here.gitlab.give('download', { status: 200, body });
    await runs(here, { dependencies: [{ id: 3, token: 'job-token-3' }], ...script('cat from/before') });
    expect(here.gitlab.trace).toContain('$ cat from/before\nearlier');
    const [first, second] = here.gitlab.of('download');
    expect(first?.url).toBe('/api/v4/jobs/3/artifacts?direct_download=true');
    expect(second?.headers['job-token']).toBe('job-token-3');
  });

  it('that lead out of the directory are not unpacked', async () => {
    await using here = await bench();
    const body = Buffer.from(zipSync({ '../../escaped': strToU8('x') }));
    here.gitlab.give('download', { status: 200, body });
    await runs(here, { dependencies: [{ id: 3, token: 'job-token-3' }] });
    expect(here.gitlab.end?.state).toBe('failed');
    expect(here.gitlab.trace).toContain('leads out of');
  });
});

describe('mutants of jobs', () => {
  it('drops-trace-chunk', async () => {
    await using here = await bench({ mutant: 'drops-trace-chunk' });
    await runs(here);
    expect(here.gitlab.trace).not.toContain('hello');
    expect(here.gitlab.trace).toContain('Job succeeded');
    expect(here.gitlab.end?.output.bytesize).toBeGreaterThan(Buffer.byteLength(here.gitlab.trace));
  });

  it('sends-chunks-out-of-order', async () => {
    await using here = await bench({ mutant: 'sends-chunks-out-of-order' });
    await runs(here, script('echo first', 'echo second', 'echo third', 'echo fourth'));
    expect(here.gitlab.trace.indexOf('\nfourth')).toBeLessThan(here.gitlab.trace.indexOf('\nfirst'));
    expect(here.gitlab.end?.checksum).not.toBe(`crc32:${crc32(here.gitlab.trace).toString(16).padStart(8, '0')}`);
  });

  it('reports-success-for-failed-job', async () => {
    await using here = await bench({ mutant: 'reports-success-for-failed-job' });
    await runs(here, script('false'));
    expect(here.gitlab.end?.state).toBe('success');
  });

  it('prints-token-in-trace', async () => {
    await using here = await bench({ mutant: 'prints-token-in-trace' });
    await runs(here);
    expect(here.gitlab.trace).toContain('job-token-7');
  });

  it('prints-proxy-password-in-trace', async () => {
    await using here = await bench({ mutant: 'prints-proxy-password-in-trace' });
    await runs(here, {}, { env: here.proxied('user:p%40ssword') });
    expect(here.gitlab.trace).toContain('p@ssword');
  });
});

describe('jobs', () => {
  it('are run one after the other', async () => {
    await using here = await bench();
    for (let id = 1; id <= 5; id++) here.gitlab.giveJob(job({ id }));
    await here.runUntil(() => here.gitlab.of('update').length === 5);
    await until(() => here.host.children.size === 0);
    expect(here.gitlab.of('update').map((each) => each.url)).toEqual([1, 2, 3, 4, 5].map((id) => `/api/v4/jobs/${id}`));
  });
});
