import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MUTANT, QUICK, QUICK_CASE, ROOT } from '../cli/_tool.ts';
import { noDocker } from '../containers/_here.ts';
import {
  configurationFor,
  type GitlabJob,
  headerDocument,
  type Inputs,
  inputsOf,
  pipelineWith,
  TWO_CASES,
} from './_gitlab.ts';
import { type JobContainer, jobContainer } from './_job-container.ts';
import { published } from './_schema.ts';

const misfits = published('gitlab-ci');
const RUNNER = { runner: 'reference' } as const;

/** For each input another value than its default, and the words by which `proxyproof run` is told. */
const GIVEN = {
  runner: ['out/binaries', ['--runner', 'out/binaries']],
  helper: [
    'out/helper-images/prebuilt-alpine-x86_64.tar.xz',
    ['--helper', 'out/helper-images/prebuilt-alpine-x86_64.tar.xz'],
  ],
  profile: ['18.3', ['--profile', '18.3']],
  families: ['rate-limit polling/*[proxy=squid]', ['rate-limit', 'polling/*[proxy=squid]']],
  expect: ['known deviations.yaml', ['--expect', 'known deviations.yaml']],
  strict: [true, ['--strict']],
  'in-docker': [true, ['--in-docker=node:24-bookworm']],
  shards: [3, []],
  image: ['registry.example/proxyproof:0.1.0', []],
  version: ['0.2.0', []],
  'job-name': ['behind-a-proxy', []],
  stage: ['qa', []],
  rules: [[{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }, { if: '$CI_COMMIT_TAG', when: 'manual' }], []],
} as const satisfies Record<string, readonly [Inputs[string], readonly string[]]>;

const named = (jobs: Record<string, GitlabJob>, name: string): GitlabJob => {
  const found = jobs[name];
  if (!found) throw new Error(`There is no job ${name} among ${Object.keys(jobs)}.`);
  return found;
};

/** The options that a job's lines gather, as a shell does it: its last line, the suite's call, is left out. */
async function optionsOf({ script, variables }: GitlabJob): Promise<string[]> {
  const lines = [...script.slice(0, -1), `printf '%s\\n' "$@"`];
  const { stdout } = await execa('bash', ['-eo', 'pipefail', '-c', lines.join('\n')], { env: variables, cwd: ROOT });
  return stdout.split('\n');
}

describe("the component's inputs", () => {
  test('its header and, without inputs, its jobs are as GitLab publishes that they must be', () => {
    expect(misfits(headerDocument)).toEqual([]);
    expect(misfits(configurationFor(RUNNER))).toEqual([]);
    expect(() => configurationFor({})).toThrow('runner is missing');
    // A check that cannot fail would prove nothing.
    expect(misfits({ job: { script: [], parallel: 0 } })).not.toEqual([]);
  });

  test('every one of them is tried here', () => {
    expect(Object.keys(GIVEN).toSorted()).toEqual(Object.keys(inputsOf).toSorted());
  });

  test.each(Object.entries(GIVEN))(
    '%s: the jobs fit the schema, and the suite is told',
    async (name, [value, words]) => {
      const inputs = { ...RUNNER, [name]: value };
      expect(misfits(configurationFor(inputs))).toEqual([]);
      const [job] = Object.values(pipelineWith(inputs, { CI_COMMIT_TAG: 'v1' }));
      const options = await optionsOf(job as GitlabJob);
      const expected = name === 'runner' ? [] : ['--runner', 'reference'];
      expect(options.toSorted()).toEqual([...expected, ...words].toSorted());
    },
  );

  test('without them there is one job, which shows its report', () => {
    const jobs = pipelineWith(RUNNER);
    expect(Object.keys(jobs)).toEqual(['proxyproof']);
    expect(named(jobs, 'proxyproof').artifacts).toMatchObject({
      when: 'always',
      expose_as: 'Proxyproof report',
      reports: { junit: 'proxyproof-report/junit.xml', metrics: 'proxyproof-report/metrics.txt' },
    });
  });

  test('with shards there are so many of one job, and a verdict that waits for them and alone shows a report', () => {
    const jobs = pipelineWith({ ...RUNNER, shards: 3, 'job-name': 'p', image: 'i:1' });
    expect(Object.keys(jobs)).toEqual(['p-shard', 'p-verdict']);
    expect(named(jobs, 'p-shard')).toMatchObject({ parallel: 3, image: 'i:1', artifacts: { reports: {} } });
    expect(named(jobs, 'p-shard').artifacts).not.toHaveProperty('expose_as');
    expect(named(jobs, 'p-verdict')).toMatchObject({
      needs: ['p-shard'],
      artifacts: { expose_as: 'Proxyproof report' },
    });
  });

  test('rules of the user count for each of its jobs', () => {
    const inputs = { ...RUNNER, rules: GIVEN.rules[0] };
    expect(pipelineWith(inputs, { CI_PIPELINE_SOURCE: 'push' })).toEqual({});
    for (const shards of [1, 2])
      expect(pipelineWith({ ...inputs, shards }, { CI_PIPELINE_SOURCE: 'merge_request_event' })).not.toEqual({});
  });

  test('what it exposes has no wildcard, which GitLab refuses, and it installs the version of this checkout', () => {
    for (const { artifacts } of Object.values(pipelineWith(RUNNER))) expect(artifacts?.paths.join()).not.toContain('*');
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(inputsOf['version']?.default).toBe(version);
  });
});

describe.skipIf(noDocker)('its scripts, line by line in a container as a job has it', () => {
  let container: JobContainer;
  beforeAll(async () => {
    container = await jobContainer();
  }, 120_000);
  afterAll(() => container?.[Symbol.asyncDispose]());

  const run = ({ before_script, script, variables, parallel = 1 }: GitlabJob, index = 1) =>
    container.job([...before_script, ...script], {
      ...variables,
      CI_JOB_URL: 'https://gitlab.example/group/runner/-/jobs/1',
      CI_NODE_INDEX: `${index}`,
      CI_NODE_TOTAL: `${parallel}`,
    });

  test('one job: it passes, and has what its artifacts say', async () => {
    await container.write('expect.yaml', '[]\n');
    const job = named(
      pipelineWith({ ...RUNNER, families: QUICK_CASE, expect: 'expect.yaml', strict: true }),
      'proxyproof',
    );
    const { code, stdout, stderr } = await run(job);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/[1-9]\d* pass/);
    expect(stdout).toContain(
      'https://gitlab.example/group/runner/-/jobs/1/artifacts/file/proxyproof-report/report.html',
    );
    const files = await container.files('proxyproof-report/*');
    expect(files).toEqual(
      expect.arrayContaining([...Object.values(job.artifacts?.reports ?? {}), 'proxyproof-report/report.html']),
    );
    expect(JSON.parse(await container.read('proxyproof-report/results.json'))).toMatchObject({
      totals: { unexpected: 0 },
    });
  });

  test('two shards: what one finds is no failure of its own, but of the verdict', async () => {
    const jobs = pipelineWith({ runner: `reference:${MUTANT}`, families: TWO_CASES, shards: 2 });
    for (const index of [1, 2]) {
      const { code, stdout, stderr } = await run(named(jobs, 'proxyproof-shard'), index);
      expect(code, stdout + stderr).toBe(0);
    }
    await container.job(['rm -rf proxyproof-report'], {});
    const { code, stdout } = await run(named(jobs, 'proxyproof-verdict'));
    expect(stdout).toContain(`FAIL ${QUICK}`);
    expect(code).toBe(1);
    const { outcomes } = JSON.parse(await container.read('proxyproof-report/results.json'));
    expect(outcomes).toHaveLength(2);
  });

  test('a shard that could not do its job fails', async () => {
    const jobs = pipelineWith({ runner: 'out/binaries', families: TWO_CASES, shards: 2 });
    const { code, stderr } = await run(named(jobs, 'proxyproof-shard'));
    expect(stderr).toContain('There is no file /builds/group/project/out/binaries');
    expect(code).not.toBe(0);
  });
});
