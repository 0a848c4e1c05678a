import { z } from 'zod';
import { CASE_ID, SCENARIO_ID } from '../../conformance/case-id.ts';
import type { Results } from '../../conformance/outcome.ts';
import { profileNames } from '../../profile/index.ts';
import { subjectKinds } from '../../runner/kinds.ts';

const outcome = z.enum(['pass', 'fail', 'warn', 'info', 'skip', 'blocked', 'error']);
const count = z.int().min(0);
const seq = z.int().min(1);
/** No run lasts 30,000 years; a moment that far away is still one that a date can name. */
const milliseconds = z.number().min(0).max(1e15);
/** One shard or several; no run has more than 9999. */
const SHARDS = /^[1-9]\d{0,3}\/[1-9]\d{0,3}(, [1-9]\d{0,3}\/[1-9]\d{0,3})*$/;

const finding = z
  .strictObject({
    verdict: z
      .enum(['holds', 'fails', 'measured', 'blocked'])
      .describe('measured: the answer of a check. blocked: what had to come first did not happen.'),
    expected: z.string().describe('What the requirement wants, as a sentence without its full stop.'),
    observed: z.string().describe('What the ledger shows, likewise.'),
    evidence: z.array(seq).describe('Sequence numbers of the ledger events that show it.'),
    invariant: z
      .literal(true)
      .exactOptional()
      .describe('It is an invariant that fails here: the case fails, whatever its level.'),
    varies: z
      .string()
      .exactOptional()
      .describe('Why a measured answer may be another one in the next run of the same subject, as half a sentence.'),
  })
  .describe('One thing the judge looked at.');

const caseOutcome = z
  .strictObject({
    id: z
      .string()
      .regex(CASE_ID, 'is no id of a case')
      .describe("The scenario's id with the axes that are not at their defaults. Ids never change."),
    scenario: z.string().regex(SCENARIO_ID, 'is no id of a scenario').describe('The id without axes.'),
    axes: z.record(z.string(), z.string()).describe('Every axis of the scenario, defaults included.'),
    level: z.enum(['R', 'O', 'C']).describe('R: required. O: recommended. C: a measured fact with no right answer.'),
    outcome: outcome.describe(
      'fail: a required one does not hold. warn: a recommended one does not. info: a measured answer. ' +
        'skip: something is absent, see reason. blocked: what it depends on failed. error: the harness broke.',
    ),
    expected: z
      .enum(['pass', 'fail', 'warn', 'error'])
      .describe('What the outcome had to be: pass (pass or info), unless an expectations file says otherwise.'),
    expectation: z
      .strictObject({
        outcome: z.enum(['fail', 'warn', 'error']),
        reason: z.string(),
        link: z.string().optional(),
        entry: z.string().exactOptional().describe('The pattern in the file by which it was found.'),
      })
      .optional()
      .describe('The known deviation that an expectations file names.'),
    reason: z
      .string()
      .describe('What was expected and observed instead; or the measured answer; or why it was skipped.'),
    citation: z.string().describe('Page, version and heading of the documentation.'),
    requirement: z.string().describe("The requirement's own sentence."),
    durationMs: milliseconds.describe('How long the case took, in real milliseconds.'),
    waitedMs: milliseconds.describe('How long it lasted on its own clock, in milliseconds; longer in simulated time.'),
    evidence: z.array(seq).describe('Sequence numbers of events in ledger.ndjson.'),
    findings: z.array(finding),
    lacks: z.enum(['machine', 'subject']).exactOptional().describe('Of a skipped case: who lacks what it needs.'),
    isolation: z
      .enum(['namespace', 'dialer', 'names'])
      .optional()
      .describe(
        'What kept the subject from going around the proxy: a network namespace, the dialer of the reference ' +
          'runner, or names that do not resolve outside the proxy.',
      ),
    isolationReason: z
      .string()
      .optional()
      .describe('Where isolation is names: why this machine made no namespace, as half a sentence.'),
    proxy: z.string().optional().describe('The proxy it was got with, such as "squid 5.7".'),
    profiles: z
      .array(z.enum(profileNames))
      .exactOptional()
      .describe(
        'The profiles under which the same would have been asked of the subject, so that its ledger can be judged ' +
          'under each of them. Absent where that is not known.',
      ),
  })
  .describe('One case, judged.');

/** results.json, as it is checked when it is read. The published JSON Schema is made from it. */
export const resultsSchema = z
  .strictObject({
    suite: z.strictObject({ name: z.literal('proxyproof'), version: z.string() }),
    subject: z
      .strictObject({
        kind: z.enum(subjectKinds),
        name: z.string().optional().describe('What the runner of a driver is called.'),
        version: z.string(),
        path: z.string().describe("The binary's path; for the reference runner its name."),
      })
      .describe('What was judged.'),
    helper: z.string().optional().describe('The program in helper containers, and how it was chosen.'),
    profile: z.enum(profileNames).describe('The version of the documentation it was held to.'),
    environment: z.strictObject({
      startedAt: z.iso.datetime({ offset: true }).describe('When the run began.'),
      durationMs: milliseconds,
      os: z.string(),
      node: z.string(),
      cpus: count,
      command: z.string().describe('The command line that made this run.'),
      tools: z.record(z.string(), z.string()).describe('Versions of the real parts: git, squid, …'),
      generations: z
        .record(z.string(), z.string())
        .exactOptional()
        .describe(
          "Of parts that are not just what the machine has, which generation's programs they are: docker, images, squid.",
        ),
      images: z
        .record(z.string(), z.record(z.string(), z.string()))
        .exactOptional()
        .describe('Versions of the programs in each image of ours that took part.'),
      shard: z.string().regex(SHARDS).optional().describe('Such as "2/3"; a merged run names all of its shards.'),
      reportUrl: z.url().exactOptional().describe('Where others can open report.html.'),
    }),
    outcomes: z.array(caseOutcome),
    totals: z
      .strictObject({
        pass: count,
        fail: count,
        warn: count,
        info: count,
        skip: count,
        blocked: count,
        error: count,
        cases: count,
        unexpected: count.describe('How many were not as expected.'),
      })
      .describe('Counts by outcome.'),
    notRun: z
      .strictObject({ because: z.string(), cases: z.array(z.string().regex(CASE_ID, 'is no id of a case')) })
      .optional()
      .describe('Why the run ended before it was complete, and the cases that it did not come to.'),
    unusedExpectations: z
      .array(z.string())
      .optional()
      .describe('Entries of the expectations file that matched nothing; each fails the run.'),
    partlyExpected: z
      .array(
        z.strictObject({
          entry: z.string().describe('Its pattern.'),
          expected: z.enum(['fail', 'warn', 'error']),
          fits: count.describe('How many of its cases are as it says.'),
          of: count.describe('How many of its cases have an outcome, skipped ones aside.'),
          patterns: z.array(z.string()).describe('What to write instead.'),
        }),
      )
      .exactOptional()
      .describe('Entries of the expectations file that mean cases which are as they say, and others which are not.'),
    unstable: z
      .array(
        z.strictObject({
          id: z.string().regex(CASE_ID, 'is no id of a case').describe("Without the repetition's number."),
          differs: z
            .enum(['outcome', 'answer'])
            .describe('outcome: the run is not as expected. answer: only what was measured differs.'),
          came: z
            .array(z.strictObject({ outcome, times: count, case: z.string(), says: z.string() }))
            .describe('What it came to, the most frequent first, with the first repetition that did.'),
        }),
      )
      .exactOptional()
      .describe('Cases whose repetitions (--repeat) did not all come to the same.'),
  })
  .describe('What a run of Proxyproof found. Evidence points into ledger.ndjson of the same directory.');

/** The JSON Schema of results.json (draft 2020-12), as published in schema/results.schema.json. */
export function resultsJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(resultsSchema, { target: 'draft-2020-12' });
  return { $schema, $id: 'urn:proxyproof:results', title: 'Proxyproof results.json', ...rest };
}

// The two must say the same: an outcome the schema does not know would be written but not read.
type Loose<T> = T extends readonly (infer E)[]
  ? readonly Loose<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Loose<T[K]> | (undefined extends T[K] ? undefined : never) }
    : T;
type Parsed = z.infer<typeof resultsSchema>;
const _written: (results: Results) => Loose<Parsed> = (results) => results;
void _written;
