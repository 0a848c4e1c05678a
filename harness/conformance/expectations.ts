import { coerce, satisfies, validRange } from 'semver';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { readWithin, UnfitFile } from '../files/index.ts';
import { type ProfileName, profileNames } from '../profile/index.ts';
import { subjectKinds } from '../runner/kinds.ts';
import type { SubjectIdentity } from '../runner/subject.ts';
import type { Case } from './cases.ts';
import { UsageError } from './errors.ts';
import { matchesCase } from './glob.ts';
import type { Expectation } from './outcome.ts';
import { withoutRepetition } from './repetition.ts';

/** Far more than anybody writes by hand, in bytes. */
const MOST_BYTES = 16 * 2 ** 20;

const entrySchema = z.strictObject({
  /** Glob of case ids, as on the command line, or several. */
  id: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], 'takes a pattern of cases, or a list of them'),
  /** Semver range of the subject's versions. */
  versions: z
    .string()
    .refine((range) => validRange(range) !== null, 'is no version range; write one like ">=14.10 <15"')
    .optional(),
  runner: z.enum(subjectKinds).optional(),
  profile: z.enum(profileNames).optional(),
  /** An error is the harness's or the machine's, and says nothing about the subject, so nobody can expect one. */
  outcome: z
    .enum(['fail', 'warn'], 'takes fail or warn; an error says nothing about the subject, so it cannot be expected')
    .default('fail'),
  reason: z.string().min(1),
  link: z.url().optional(),
});

/** One known deviation, as a file lists it. */
export type ExpectationEntry = z.infer<typeof entrySchema>;

/**
 * Reads an expectations file.
 * @throws UsageError that names the file, the entry and what is wrong with it
 */
export async function readExpectations(file: string): Promise<readonly ExpectationEntry[]> {
  let text: string;
  try {
    text = await readWithin(file, MOST_BYTES);
  } catch (error) {
    const why = error instanceof UnfitFile ? `it ${error.message}` : (error as Error).message;
    throw new UsageError(`The expectations file ${file} cannot be read: ${why}. Check the path given to --expect.`);
  }
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new UsageError(`The expectations file ${file} is no YAML${placeOf(error)}.`);
  }
  const result = z.array(entrySchema).safeParse(content ?? []);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new UsageError(`The expectations file ${file} is not a list of entries. ${problems.join('; ')}.`);
}

/** Where the YAML ends to be one. What stands there is not repeated: any file may have been named, one with passwords too. */
function placeOf(error: unknown): string {
  const [at] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
  return at ? `: look at line ${at.line}, column ${at.col}` : '';
}

/** The deviations known for one subject under one profile. */
export class Expectations {
  readonly #entries: readonly ExpectationEntry[];

  /** Keeps the entries that are about this subject, its version and this profile. */
  constructor(entries: readonly ExpectationEntry[], subject: SubjectIdentity, profile: ProfileName) {
    const version = coerce(subject.version);
    this.#entries = entries.filter(
      (entry) =>
        (entry.runner === undefined || entry.runner === subject.kind) &&
        (entry.profile === undefined || entry.profile === profile) &&
        (entry.versions === undefined || (version !== null && satisfies(version, entry.versions))),
    );
  }

  /** The first entry that means this case. */
  for(each: Case): Expectation | undefined {
    const target = { ...each, id: withoutRepetition(each.id) };
    for (const { id, outcome, reason, link } of this.#entries) {
      const entry = patternsOf(id).find((pattern) => matchesCase(pattern, target));
      if (entry !== undefined) return { outcome, reason, ...(link ? { link } : {}), entry };
    }
    return undefined;
  }

  /** The patterns of entries that mean none of the cases there are: leftovers, which fail a run. */
  unused(cases: readonly Case[]): readonly string[] {
    return this.#entries
      .flatMap(({ id }) => patternsOf(id))
      .filter((pattern) => !cases.some((each) => matchesCase(pattern, each)));
  }
}

const patternsOf = (id: ExpectationEntry['id']): readonly string[] => (typeof id === 'string' ? [id] : id);
