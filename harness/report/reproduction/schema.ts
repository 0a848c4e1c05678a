import { z } from 'zod';

const file = z.string().describe('A file, as the bundle names it, or the path of a new one.');
const line = z.int().min(1).describe('From 1.');
const step = z
  .enum(['services', 'gateway', 'pull', 'register', 'poll', 'job', 'inner'])
  .describe('What was tried on the machine, in this order; what comes behind the first failure was not.');
const who = z
  .string()
  .describe('The program that failed: runner, register, daemon, dind, docker-cli, git, helper, tool, client.');

const remedy = z
  .strictObject({
    cause: z
      .string()
      .describe("A cause's id; one that begins with page/ is what the page has and the machine has not."),
    says: z.string().describe('What is wrong there.'),
    remedy: z.string().describe('What to do.'),
    file: file.exactOptional(),
    line: line.exactOptional(),
    edits: z.array(z.strictObject({ file, line, to: z.string() })).describe('Changes of lines, secrets masked.'),
    adds: z.array(z.strictObject({ path: z.string(), content: z.string() })).describe('New files.'),
    removes: z.array(z.string()).exactOptional().describe('Files that are taken away.'),
    commands: z.array(z.string()).describe('What to run, where no file is wrong.'),
    tried: z
      .enum(['mends', 'helps', 'no-effect', 'worse'])
      .exactOptional()
      .describe('What came of it alone. mends: everything works. helps: something later fails.'),
    left: z.string().exactOptional().describe('What fails with it.'),
  })
  .describe('A change that may mend what fails, the likeliest first.');

/** What `reproduce --json` prints. */
export const reproductionSchema = z.strictObject({
  verdict: z
    .enum(['same-symptom', 'another-symptom', 'fails-here', 'not-reproduced', 'works-here'])
    .describe(
      'fails-here: no log says what failed there. not-reproduced: by the logs something failed there, and everything works here. works-here: no log says otherwise.',
    ),
  there: z
    .strictObject({ who, kind: z.string(), host: z.string().exactOptional(), says: z.string(), file, line })
    .exactOptional()
    .describe('What failed there, by the logs.'),
  here: z
    .strictObject({
      step,
      who,
      kind: z.string(),
      host: z.string().exactOptional(),
      status: z.int().exactOptional(),
      says: z.string(),
    })
    .exactOptional()
    .describe('What failed here, by the record.'),
  steps: z.array(z.strictObject({ step, works: z.boolean() })),
  remedies: z.array(remedy),
  proved: z
    .array(z.int().min(0))
    .exactOptional()
    .describe('Those of `remedies` with which everything works, together; empty where none do. Only with --prove.'),
  change: z
    .strictObject({
      diff: z.string().describe('As diff -u writes it, of all files. … stands for a secret.'),
      commands: z.array(z.string()).describe('What applies it; a line that begins with # is for the reader.'),
    })
    .exactOptional()
    .describe('The remedies that are proved, to be handed on.'),
  bug: z
    .strictObject({ expected: z.string(), observed: z.string() })
    .exactOptional()
    .describe('What the runner did that no runner may do, where no change of files mends it.'),
  subject: z.strictObject({ kind: z.string(), version: z.string() }).describe('The runner that was run.'),
  world: z.strictObject({
    gitlab: z.string(),
    proxies: z.array(z.string()),
    local: z.string().exactOptional().describe('cntlm on the machine itself.'),
    scheme: z.string().describe('What the proxy asks for.'),
    registries: z.array(z.string()),
  }),
  assumed: z.array(z.string()).describe('What was made up or taken from the page.'),
});

/** The published JSON schema of what `reproduce --json` prints. */
export function reproductionJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(reproductionSchema, { target: 'draft-2020-12' });
  return { $schema, $id: 'urn:proxyproof:reproduce', title: 'proxyproof reproduce --json', ...rest };
}
