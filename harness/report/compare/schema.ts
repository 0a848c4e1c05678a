import { z } from 'zod';
import { profileNames } from '../../profile/index.ts';
import { subjectKinds } from '../../runner/kinds.ts';

const outcome = z.enum(['pass', 'fail', 'warn', 'info', 'skip', 'blocked', 'error']);
const count = z.int().min(0);
const id = z.string().describe('A case.');
const profile = z.enum(profileNames);

const side = z.strictObject({
  name: z.string().describe('How it is called in what is printed.'),
  kind: z.enum(subjectKinds),
  version: z.string(),
  profile: profile.describe('The version of the documentation it was held to.'),
});

const amount = z.strictObject({
  amount: z.number(),
  unit: z.enum(['s', 'bytes', '%', '']).describe("Empty for a number of things, which the name says: 'requests'."),
  name: z.string().describe('The words that say what it is.'),
});

const answer = z
  .strictObject({
    asked: z.string().describe('What was measured, or what was expected.'),
    was: z.array(amount).exactOptional().describe('The quantities of the first answer, in their order.'),
    is: z.array(amount).exactOptional(),
  })
  .describe('An answer that has another value.');

const change = z
  .strictObject({
    kind: z
      .enum(['worse', 'better', 'measured', 'otherwise', 'unknown'])
      .describe(
        'worse, better: the outcome. measured: the value of a measured answer. otherwise: it fails in both, and not alike. ' +
          'unknown: one run has no verdict.',
      ),
    page: z
      .strictObject({ profile, requirement: z.string() })
      .exactOptional()
      .describe('The documentation changed so: what the newer version of it asks for.'),
    onlyUnder: profile.exactOptional().describe('It shows under this profile alone.'),
    scenario: z.string(),
    level: z.enum(['R', 'O', 'C']).describe('R: required. O: recommended. C: measured.'),
    requirement: z.string(),
    citation: z.string(),
    from: outcome,
    to: outcome,
    was: z
      .string()
      .describe('What was observed before; of several cases that differ in quantities, with their ranges.'),
    is: z.string().describe('What is observed now, likewise.'),
    patterns: z.array(z.string()).describe('The fewest patterns of the command line that mean just these cases.'),
    cases: z.array(z.strictObject({ id, was: z.string(), is: z.string(), answers: z.array(answer).exactOptional() })),
  })
  .describe('The same change of one requirement, in all the cases that have it.');

/** What `compare --format json` prints. */
export const comparisonSchema = z.strictObject({
  before: side,
  after: side,
  besideProfile: profile.exactOptional().describe('The profile under which both were run, too.'),
  requiredGotWorse: z.boolean().describe('The exit code is 1.'),
  compared: count.describe('How many cases both have.'),
  same: count.describe('How many of them say the same.'),
  noVerdict: z
    .strictObject({ before: count, after: count, both: count })
    .describe(
      'Required cases that say nothing in the first run alone, in the second alone, or in either: skipped, or broken.',
    ),
  cautions: z.array(z.string()).describe('What besides the runner is not the same.'),
  changes: z.array(change),
  varying: z
    .array(z.strictObject({ id, because: z.string() }))
    .describe('Measured answers that differ and are another one in every run, and why.'),
  onlyBefore: z.array(id).describe('Cases that the first run alone has.'),
  onlyAfter: z.array(id),
  leftOut: z
    .array(z.strictObject({ because: z.string(), cases: count }))
    .describe('Cases that cannot concern the set-up of --mine.'),
});

/** The same as TypeScript. */
export type ComparisonJson = z.infer<typeof comparisonSchema>;

/** The JSON Schema, as published in schema/compare.schema.json. */
export function comparisonJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(comparisonSchema, { target: 'draft-2020-12' });
  return { $schema, $id: 'urn:proxyproof:compare', title: 'proxyproof compare --format json', ...rest };
}
