import { z } from 'zod';
import { profileNames } from '../../profile/index.ts';
import { subjectKinds } from '../../runner/kinds.ts';

const count = z.int().min(0);
const turn = z
  .enum(['better', 'worse', 'other'])
  .describe('How a behaviour differs from that of the version before: for the better, for the worse, or otherwise.');
const cases = z.array(z.string()).describe('Ids of cases.');
const profile = z.enum(profileNames).describe('The version of the documentation it was held to.');
const generations = z.string().describe("Such as “docker of sid”; empty for the machine's own programs.");

const column = z
  .strictObject({
    subject: z
      .string()
      .describe(
        `A kind of runner (${subjectKinds.join(', ')}), or what one is called that is no program: reference:MUTANT.`,
      ),
    version: z.string(),
    profile,
    generations,
  })
  .describe('A version of a subject, under a profile, in a generation of peers.');

const cell = z
  .strictObject({
    outcome: z.enum(['pass', 'fail', 'warn', 'info', 'skip', 'blocked', 'error']).describe('As in results.json.'),
    reason: z.string().describe('Of the first of the cases: what was observed, or measured, or why it was skipped.'),
    turn: turn.exactOptional(),
    report: z
      .string()
      .exactOptional()
      .describe('Where the case is in a report, seen from the directory of matrix.json.'),
  })
  .nullable()
  .describe('What a column has of a group; null where its run had none of the cases.');

/** What `matrix` writes as matrix.json. */
export const matrixSchema = z.strictObject({
  suite: z.strictObject({ name: z.literal('proxyproof'), version: z.string() }),
  columns: z
    .array(column)
    .describe(
      'Oldest version first, within a kind of subject, profile and generation; only such columns are compared.',
    ),
  requirements: z.array(
    z.strictObject({
      scenario: z.string(),
      requirement: z.string().describe("The requirement's own sentence."),
      groups: z
        .array(z.strictObject({ cases, cells: z.array(cell).describe('In the order of the columns.') }))
        .describe('Cases that do alike in every column; those that change first.'),
    }),
  ),
  boundaries: z
    .array(
      z.strictObject({
        turn,
        sentence: z.string().describe('The boundary in words.'),
        before: z.string().describe('What was seen on the old side.'),
        after: z.string(),
        from: column.describe('The last version of the old way.'),
        to: column.describe('The first version of the new way.'),
        under: z.array(z.string()).describe('The profiles, with generations if any, under which it shows.'),
        scenarios: z.array(z.string()),
        cases,
      }),
    )
    .describe('Where behaviours change, those for the worse first.'),
  values: z
    .array(
      z.strictObject({
        scenario: z.string(),
        case: z.string().describe('The case by which it is shown.'),
        others: count.describe('How many other cases do alike.'),
        asked: z.string().describe('What was measured.'),
        name: z.string().describe('Which quantity of the answer it is.'),
        unit: z.enum(['s', 'bytes', '%', '']).describe('Empty for a number of things, which the name says.'),
        profile,
        generations,
        points: z
          .array(
            z.strictObject({
              label: z.string().describe('The version.'),
              amount: z.number().exactOptional().describe('Absent where the answer has no such quantity.'),
              href: z.string().exactOptional().describe('Where the case is in a report.'),
            }),
          )
          .describe('Oldest version first.'),
        changes: z.boolean().describe('Whether any two versions differ by more than measuring varies.'),
      }),
    )
    .describe('Measured quantities over versions, those that change first.'),
});

/** The same as TypeScript. */
export type MatrixJson = z.infer<typeof matrixSchema>;

/** The JSON Schema, as published in schema/matrix.schema.json. */
export function matrixJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(matrixSchema, { target: 'draft-2020-12' });
  return { $schema, $id: 'urn:proxyproof:matrix', title: 'Proxyproof matrix.json', ...rest };
}
