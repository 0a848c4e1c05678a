import type { SubjectDefinition } from '../definition.ts';

const KIND = 'gitlab-runner-rs';
const DEMO_RUNNER = 'demo-runner';

/** The crate `gitlab-runner`, a library for runners in Rust, by its example: a program, or built from the registry by cargo. */
export const gitlabRunnerRs = {
  kind: KIND,
  named: {
    takes: [DEMO_RUNNER],
    claims: (name) => name === DEMO_RUNNER || name === KIND,
    driver: async (_name, options) => {
      const { demoRunner } = await import('./build.ts');
      const { gitlabRunnerRsDriver } = await import('./index.ts');
      return gitlabRunnerRsDriver({
        ...(await demoRunner(options)),
        ...(options.profile ? { profile: options.profile } : {}),
      });
    },
  },
  program: {
    drives: `${DEMO_RUNNER} of ${KIND}`,
    version: async ({ stdout, stderr }, _ask, path) => {
      // It has no --version; what it says of its arguments is the same in all versions.
      if (!/^Usage: \S+ <SERVER> <TOKEN>$/m.test(stderr + stdout)) return undefined;
      const { builtVersion } = await import('./built-version.ts');
      return builtVersion(path);
    },
    driver: async (program, { profile }) => {
      const { gitlabRunnerRsDriver } = await import('./index.ts');
      return gitlabRunnerRsDriver({ ...program, ...(profile ? { profile } : {}) });
    },
  },
} as const satisfies SubjectDefinition<typeof KIND>;
