import { z } from 'zod';
import { profileChoice, profileNames } from '../../profile/index.ts';
import { text } from '../options.ts';
import { runOptions } from '../run-options.ts';
import { BINARIES, GLOBS } from './options.ts';

/** The options of `matrix`. */
export const matrixOptions = {
  globs: GLOBS,
  profile: {
    value: '<name>',
    says: `under which version of the documentation: ${profileChoice}; or each: every version under the profile of each of them (default: each version under its own)`,
    schema: z
      .enum(['each', ...profileNames], {
        error: ({ input }) => `takes each, ${profileChoice}. There is no profile ${String(input)}`,
      })
      .optional(),
  },
  generation: {
    ...runOptions.generation,
    says: `which programs the world is made of, as in run; given several times, each version runs in each (default: host)`,
    schema: z.array(runOptions.generation.schema.unwrap()).optional(),
    several: true,
  },
  binaries: BINARIES,
  report: { ...text('<dir>', 'where the page goes (default: matrix)', 'a directory'), fallback: 'matrix' },
  level: runOptions.level,
  proxy: runOptions.proxy,
  containers: runOptions.containers,
  jobs: runOptions.jobs,
  scenarios: runOptions.scenarios,
} as const;
