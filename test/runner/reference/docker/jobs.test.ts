import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobSpec } from '../../../../harness/gitlab/spec.ts';
import { dockerConfig } from '../../../../harness/kit/docker/executor.ts';
import type { EventOf } from '../../../../harness/ledger/index.ts';
import { jobEnvironment } from '../../../../harness/recipes/index.ts';
import { referenceDriver } from '../../../../harness/runner/reference/index.ts';
import type { RunningSubject } from '../../../../harness/runner/subject.ts';
import { startWorld, type World } from '../../../../harness/world/index.ts';
import { noDocker } from '../../../containers/_here.ts';

const LIMIT_MS = 60_000;

describe.skipIf(noDocker)('jobs in Docker', () => {
  let world: World;
  let runner: RunningSubject;

  beforeAll(async () => {
    world = await startWorld({ gitlab: {}, proxy: { kind: 'basic' }, docker: {} }, { for: 'reference' });
    runner = await referenceDriver({ profile: '18.3' })
      .subject(world.host)
      .run({
        url: world.gitlabUrl,
        token: world.gitlab.tokens.runner,
        env: { HTTP_PROXY: world.proxy.url },
        environment: jobEnvironment(world.proxy.url),
        checkInterval: 1,
        docker: dockerConfig({ world }, { waitForServicesSeconds: 2 }),
      });
  }, 300_000);

  afterAll(async () => {
    await runner?.stop('forced');
    await world?.[Symbol.asyncDispose]();
  });

  /** Runs a job to its end. */
  async function runs(job: JobSpec): Promise<EventOf<'job'> & { readonly text: string }> {
    const { id } = world.gitlab.queue(job);
    const end = await world.until(
      `the end of job ${id}`,
      (seen) => seen.of('job').find((each) => each.job === id && each.what === 'finished'),
      LIMIT_MS,
    );
    return { ...end, text: end.trace?.text ?? '' };
  }

  it('end with the exit code of their script, in the project directory', async () => {
    const { state, failureReason, text } = await runs({ script: ['pwd', 'cat', 'exit 7', 'echo after'] });
    expect({ state, failureReason }).toEqual({ state: 'failed', failureReason: 'script_failure' });
    expect(text).toContain('$ pwd\n/builds/');
    expect(text).toContain('ERROR: Job failed: exit status 7');
    expect(text).not.toContain('\nafter\n');
  });

  it('fail with the words of the engine when there is no such image', async () => {
    const { failureReason, text } = await runs({ image: 'registry.invalid/no-such:1' });
    expect(failureReason).toBe('image_pull_failure');
    expect(text).toMatch(
      /ERROR: Job failed: failed to pull image "registry\.invalid\/no-such:1" with specified policies \[if-not-present\]: Error response from daemon: /,
    );
  });

  it.each([
    ['by links on the default bridge', {}],
    ['in a network of their own', { FF_NETWORK_PER_BUILD: 'true' }],
  ])('reach their services %s', async (_, variables) => {
    const { state, text } = await runs({
      variables,
      services: [{ name: world.docker.image('base'), alias: 'silent', command: ['sleep', '600'] }],
      script: ['getent hosts silent'],
    });
    expect(state).toBe('success');
    expect(text).toMatch(/\n172\.\d+\.0\.\d+ +silent/);
    expect(text).toMatch(/WARNING: Service runner-\S+-0 probably didn't start properly/);
    expect(text).toContain('has no exposed ports');
  });

  it('go on without a service that never opens its port', async () => {
    const { state, text } = await runs({
      services: [{ name: world.docker.image('job'), alias: 'deaf', command: ['sh', '-c', 'echo sleeping; sleep 600'] }],
    });
    expect(state).toBe('success');
    expect(text).toMatch(/Health check error:\nservice "runner-\S+-wait-for-service" timeout/);
    // It is waited for, so it has had the time to say something; of a service without a port the log is asked for at once.
    expect(text).toMatch(/Service container logs:\n\S+Z sleeping\n/);
  });

  it('upload what patterns name', async () => {
    const { state, text } = await runs({
      script: ['mkdir -p "a b/c"', 'touch "a b/c/one.txt" "a b/two.txt" three.log .hidden'],
      artifacts: ['a b/**/*.txt', '*.log', 'missing', '.hidden'],
    });
    expect(state).toBe('success');
    expect(text).toContain('found 4 matching files');
    expect(text).toContain('Uploading artifacts as "archive" to coordinator... ok status=201');
    expect(world.evidence.gitlab('upload').map(({ via }) => via)).toEqual(['proxy']);
  });

  it('keep a cache in a volume where there is no bucket', async () => {
    const cache = { key: 'local', paths: ['kept/'] };
    expect((await runs({ cache, script: ['mkdir kept', 'echo word > kept/file'] })).text).toContain('Created cache');
    expect((await runs({ cache, script: ['cat kept/file'] })).text).toContain('\nword\n');
  });

  it('are killed when they take too long', async () => {
    const { failureReason } = await runs({ script: ['sleep 600'], timeoutSeconds: 3 });
    expect(failureReason).toBe('job_execution_timeout');
  });

  it('leave nothing but what the next may use', async () => {
    const { docker } = world.docker;
    expect(await docker.listContainers({ all: true })).toEqual([]);
    const networks = await docker.listNetworks();
    expect(networks.map(({ Name }) => Name).sort()).toEqual(['bridge', 'host', 'none']);
    const { Volumes } = await docker.listVolumes();
    for (const { Name } of Volumes) expect(Name).toMatch(/-project-7-concurrent-0-cache-[0-9a-f]{32}$/);
    expect(world.evidence.tripwire()).toEqual([]);
  });
});
