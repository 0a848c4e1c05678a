import type { Addition } from './_addition.ts';

const COUNT = `import { z } from 'zod';
import { EXIT, type ExitCode } from './exit.ts';
import { SCENARIOS } from './options.ts';
import { scenariosFor } from './scenarios.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  family: {
    value: '<name>',
    says: 'those of one family',
    schema: z.string().regex(/^[a-z-]+$/, 'takes the first part of an id').optional(),
  },
  scenarios: SCENARIOS,
} as const;

/** \`proxyproof count\`. */
export const count = verb({
  options,
  examples: ['count --family polling'],
  act,
});

async function act(invocation: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { family = '' } = invocation.options;
  const all = (await scenariosFor(invocation)).filter(({ id }) => id.startsWith(family));
  invocation.terminal.stdout.write(\`\${all.length} scenarios\\n\`);
  return EXIT.ok;
}
`;

const ENTRY = `  {
    name: 'count',
    says: 'says how many scenarios there are',
    load: async () => (await import('./count.ts')).count,
  },
`;

/** A verb: a file, and its entry in the table. */
export const verb: Addition = {
  files: { 'harness/cli/count.ts': COUNT },
  edits: [
    {
      file: 'harness/cli/verbs.ts',
      from: "  {\n    name: 'show'",
      to: `${ENTRY}  {\n    name: 'show'`,
    },
  ],
};
