import { z } from 'zod';
import { UsageError } from '../conformance/errors.ts';
import { profileChoice, profileNames } from '../profile/index.ts';

const wholeNumber = (name: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/, `${name} takes a whole number from 1 on`)
    .transform(Number);

const schema = z.object({
  runner: z.string().min(1, '--runner takes a path, a name, a version or reference'),
  profile: z.enum(profileNames, `--profile takes ${profileChoice}`).optional(),
  level: z
    .string()
    .regex(/^[ROC](,[ROC])*$/i, '--level takes R, O and C, separated by commas')
    .transform((levels) => levels.toUpperCase().split(','))
    .optional(),
  proxy: z.enum(['basic', 'squid', 'all'], '--proxy takes basic, squid or all'),
  images: z.enum(['own', 'official'], '--images takes own or official'),
  jobs: wholeNumber('--jobs').optional(),
  report: z.string().min(1).optional(),
  expect: z.string().min(1).optional(),
  strict: z.boolean().default(false),
  repeat: wholeNumber('--repeat'),
  shard: z
    .string()
    .regex(/^[1-9]\d*\/[1-9]\d*$/, '--shard takes i/n, such as 1/3')
    .transform((text) => {
      const [index = 1, count = 1] = text.split('/').map(Number);
      return { index, count };
    })
    .refine(({ index, count }) => index <= count, '--shard takes i/n with i no greater than n')
    .optional(),
  scenarios: z.string().min(1).optional(),
  inDocker: z.string().min(1, '--in-docker takes the name of an image after =, or nothing').optional(),
  keep: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

/** The options of `run`, checked. */
export type RunOptions = z.infer<typeof schema>;

/** @throws UsageError that says which option is wrong and what it takes */
export function parseRunOptions(options: Readonly<Record<string, unknown>>): RunOptions {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  throw new UsageError(`${result.error.issues.map((issue) => issue.message).join('; ')}. See proxyproof run --help.`);
}
