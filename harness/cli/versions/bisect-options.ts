import { PROFILE } from '../options.ts';
import { runOptions } from '../run-options.ts';
import { BINARIES } from './options.ts';

/** The options of `bisect`. */
export const bisectOptions = {
  profile: { ...PROFILE, says: PROFILE.says.replace("subject's version", 'version GOOD') },
  binaries: BINARIES,
  repeat: {
    ...runOptions.repeat,
    says: 'runs the case this many times in every version, and says where it is unstable',
  },
  generation: runOptions.generation,
  jobs: runOptions.jobs,
  scenarios: runOptions.scenarios,
} as const;
