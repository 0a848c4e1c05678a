import { z } from 'zod';
import { type GenerationChoice, PARTS, readChoice, SOURCES } from '../generations/index.ts';
import { runnerChoices } from '../runner/kinds.ts';
import { DEFAULT_IMAGE } from './in-docker/option.ts';
import { MAX_TIME } from './max-time.ts';
import {
  EXPECT,
  flag,
  MEASURED,
  oneOf,
  PROFILE,
  REPORT,
  REPORT_URL,
  SCENARIOS,
  STRICT,
  text,
  VERBOSE,
  WRITE_EXPECT,
  wholeNumber,
} from './options.ts';
import type { OptionValues } from './verb.ts';

/** Far more than any machine bears side by side, or anybody waits for. */
const MOST_JOBS = 10_000;
const MOST_REPETITIONS = 10_000;

const shard = z
  .string()
  .regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}$/, 'takes i/n, such as 1/3, with n up to 9999')
  .transform((typed) => {
    const [index = 1, count = 1] = typed.split('/').map(Number);
    return { index, count };
  })
  .refine(({ index, count }) => index <= count, 'takes i/n with i no greater than n');

const generation = z.string().transform((typed, context): GenerationChoice => {
  const choice = readChoice(typed);
  if (!('problem' in choice)) return choice;
  context.addIssue({ code: 'custom', message: choice.problem });
  return z.NEVER;
});

export const runOptions = {
  runner: {
    value: '<name>',
    says: `the subject: ${runnerChoices.join(', ')}`,
    schema: z.string().min(1, `takes ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(runnerChoices)}`),
    fallback: 'reference',
  },
  helper: text(
    '<path>',
    'the gitlab-runner-helper for containers: a program, an archive of its image (tar, also .gz, .xz, .zst), or a directory of a build such as out/helper-images (default: the one beside the runner, or else the runner itself)',
    'a path',
  ),
  profile: PROFILE,
  level: {
    value: '<levels>',
    says: 'only these levels, such as R,O: R required, O recommended, C check (no right answer)',
    schema: z
      .string()
      .regex(/^[ROC](,[ROC])*$/i, 'takes R, O and C, separated by commas')
      .transform((levels) => levels.toUpperCase().split(','))
      .optional(),
  },
  proxy: {
    value: '<kind>',
    says: 'only cases with this proxy: basic, squid or all',
    schema: oneOf('basic', 'squid', 'all'),
    fallback: 'all',
  },
  containers: {
    value: '<which>',
    says: 'cases with containers: all, first (the first case of each scenario alone) or none',
    schema: oneOf('all', 'first', 'none'),
    fallback: 'all',
  },
  images: {
    value: '<whose>',
    says: 'container images: own, or official for dind, registry and helper (needs the internet)',
    schema: oneOf('own', 'official'),
    fallback: 'own',
  },
  generation: {
    value: '<name>',
    says: `which programs the world is made of: ${SOURCES.join(', ')} (default: host, as installed); or by part: ${PARTS.map((each) => `${each}=sid`).join(',')}`,
    schema: generation.optional(),
  },
  jobs: {
    value: '<n>',
    says: 'how many cases run side by side (default: as memory allows; most of them only wait)',
    schema: wholeNumber(MOST_JOBS).optional(),
  },
  report: REPORT,
  reportUrl: REPORT_URL,
  expect: EXPECT,
  writeExpect: WRITE_EXPECT,
  strict: STRICT,
  allowSkips: flag(
    'exits with 0 though required cases that were named were skipped, since this machine lacks something',
  ),
  verbose: VERBOSE,
  measured: MEASURED,
  maxTime: MAX_TIME,
  repeat: {
    value: '<n>',
    says: 'runs every case this many times',
    schema: wholeNumber(MOST_REPETITIONS),
    fallback: '1',
  },
  shard: {
    value: '<i/n>',
    says: 'runs one of n parts, such as 1/3, to split a run over several machines',
    schema: shard.optional(),
  },
  scenarios: SCENARIOS,
  keep: flag('leaves proxy and GitLab up after a failure and says how to look at them'),
  inDocker: {
    value: '[=image]',
    says: `runs all of it in a container of your Docker engine (default image: ${DEFAULT_IMAGE}); needs no root`,
    schema: z.string().min(1, 'takes the name of an image after =, or nothing').optional(),
  },
  dryRun: flag('lists the cases that would run, and runs nothing'),
} as const;

/** The options of `run`, checked. */
export type RunOptions = OptionValues<typeof runOptions>;
