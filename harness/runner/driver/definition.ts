import type { SubjectDefinition } from '../definition.ts';
import { SubjectError } from '../resolve/error.ts';

const KIND = 'driver';
/** The contract of docs/drivers.md. Its number changes when a driver of before would not work any more. */
const CONTRACT = 1;

/** A program of the user's that says how a runner of theirs is driven. */
export const driver = {
  kind: KIND,
  program: {
    drives: 'a driver of your own (docs/drivers.md)',
    // Nothing but this line makes a program a driver: no other is ever given a verb that it may take for something else.
    version: async ({ stdout, code }, _ask, path) => {
      const contract = /^proxyproof-driver (\d+)\s*$/.exec(stdout.split('\n')[0] ?? '')?.[1];
      if (code !== 0 || contract === undefined) return undefined;
      if (Number(contract) !== CONTRACT) {
        throw new SubjectError(
          'usage',
          `${path} is a driver by contract ${contract}, and this version of Proxyproof knows contract ${CONTRACT}.`,
        );
      }
      const { describe } = await import('./index.ts');
      return (await describe(path)).version;
    },
    driver: async ({ path }, { profile }) => {
      const { contractDriver, describe } = await import('./index.ts');
      return contractDriver({ path, is: await describe(path), ...(profile ? { profile } : {}) });
    },
  },
} as const satisfies SubjectDefinition<typeof KIND>;
