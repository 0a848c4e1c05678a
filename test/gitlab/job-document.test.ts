import { describe, expect, it } from 'vitest';
import type { JobSpec } from '../../harness/gitlab/index.ts';
import { start } from './started.ts';

async function documentOf(job: JobSpec): Promise<unknown> {
  await using started = await start({ jobs: [job] });
  return await started.takeJob();
}

describe('the job document', () => {
  it('has the form of a job without anything', async () => {
    expect(await documentOf({})).toMatchObject({ image: null, services: [], cache: [], credentials: [] });
  });

  it('has image and services as GitLab sends them', async () => {
    const document = await documentOf({
      image: 'alpine:3',
      services: [
        { name: 'docker:dind', alias: 'docker', command: ['--tls=false'] },
        { name: 'db', entrypoint: ['/x'] },
      ],
    });
    const common = { ports: [], executor_opts: {}, pull_policy: null };
    const service = { ...common, variables: null };
    expect(document).toMatchObject({
      image: { name: 'alpine:3', entrypoint: null, ...common },
      services: [
        { ...service, name: 'docker:dind', alias: 'docker', command: ['--tls=false'], entrypoint: null },
        { ...service, name: 'db', alias: null, command: null, entrypoint: ['/x'] },
      ],
    });
  });

  it('says of every variable whether it is masked', async () => {
    const job = await documentOf({ variables: { PLAIN: 'x' }, maskedVariables: { SECRET: 'a-secret-of-mine' } });
    const { variables } = job as { variables: readonly Record<string, unknown>[] };
    expect(variables.filter(({ masked }) => typeof masked !== 'boolean')).toEqual([]);
    expect(variables).toContainEqual({ key: 'SECRET', value: 'a-secret-of-mine', public: false, masked: true });
  });

  it('puts before_script at the beginning of the script', async () => {
    expect(await documentOf({ beforeScript: ['one', 'two'], script: ['three'] })).toMatchObject({
      steps: [{ name: 'script', script: ['one', 'two', 'three'] }],
    });
  });

  it('has after_script as a step of its own, which may fail and always runs', async () => {
    expect(await documentOf({ script: ['one'], afterScript: ['two'] })).toMatchObject({
      steps: [
        { name: 'script', script: ['one'], when: 'on_success', allow_failure: false },
        { name: 'after_script', script: ['two'], when: 'always', allow_failure: true },
      ],
    });
  });

  it('has a cache', async () => {
    expect(await documentOf({ cache: { key: 'default', paths: ['out/'] } })).toMatchObject({
      cache: [
        {
          key: 'default',
          untracked: false,
          policy: 'pull-push',
          paths: ['out/'],
          when: 'on_success',
          fallback_keys: [],
        },
      ],
    });
  });
});
