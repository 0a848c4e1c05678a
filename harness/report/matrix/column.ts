import { isAbsolute } from 'node:path';
import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import { byRelease, type ProfileName } from '../../profile/index.ts';
import { generationsIn } from '../generations.ts';

/** A run that goes into a matrix. */
export interface MatrixRun {
  readonly results: Results;
  /** The address of its report.html, seen from the page; undefined where there is none. */
  readonly report?: string | undefined;
}

/** What became of a case, and where its report is. */
export interface MatrixEntry {
  readonly outcome: CaseOutcome;
  readonly href?: string;
}

/** A version of a subject under a profile, in a generation of peers. */
export interface Column {
  /** Such as `gitlab-runner`. */
  readonly kind: string;
  /** The kind; or what a subject is called that is no file, such as `reference:late`. */
  readonly subject: string;
  /** Whether it is a program, whose version tells it apart from others of its kind. */
  readonly isFile: boolean;
  readonly version: string;
  readonly profile: ProfileName;
  /** Such as `docker of sid`; the machine's own where it is empty. */
  readonly generations: string;
  /** By case id. */
  readonly entries: ReadonlyMap<string, MatrixEntry>;
}

/** What one kind of runner does under one profile, in one generation: the oldest version first. */
export interface Track {
  readonly kind: string;
  readonly profile: ProfileName;
  readonly generations: string;
  readonly columns: readonly Column[];
}

/**
 * The runs as columns: several of one version, profile and generation are one, in which the newest has the last word.
 * @param runs in the order in which they were named, by which versions without numbers stay
 */
export function tracksOf(runs: readonly MatrixRun[]): readonly Track[] {
  const columns = [...Map.groupBy(runs, nameOf).values()].map(columnOf);
  const tracks = Map.groupBy(columns, ({ kind, profile, generations }) => JSON.stringify([kind, generations, profile]));
  return [...tracks.values()]
    .map((members): Track => {
      const [{ kind, profile, generations }] = members as [Column];
      return { kind, profile, generations, columns: members.toSorted(byVersion) };
    })
    .sort(
      (a, b) =>
        a.generations.localeCompare(b.generations) || a.profile.localeCompare(b.profile, 'en', { numeric: true }),
    );
}

const nameOf = ({ results }: MatrixRun): string => {
  const { subject, profile } = results;
  return JSON.stringify([subjectOf(results), subject.version, profile, generationsIn(results)]);
};

/** A subject that is no file is its own name. */
const subjectOf = ({ subject: { kind, path } }: Results): string => (isAbsolute(path) ? kind : path);

function columnOf(runs: readonly MatrixRun[]): Column {
  const [{ results }] = runs as [MatrixRun];
  const order = runs.toSorted((a, b) => startOf(a) - startOf(b));
  return {
    kind: results.subject.kind,
    subject: subjectOf(results),
    isFile: isAbsolute(results.subject.path),
    version: results.subject.version,
    profile: results.profile,
    generations: generationsIn(results).join(', '),
    entries: new Map(order.flatMap((run) => run.results.outcomes.map((_, index) => entryOf(run, index)))),
  };
}

const startOf = ({ results }: MatrixRun): number => Date.parse(results.environment.startedAt);

function entryOf({ results, report }: MatrixRun, index: number): readonly [string, MatrixEntry] {
  const outcome = results.outcomes[index] as CaseOutcome;
  return [outcome.id, { outcome, ...(report === undefined ? {} : { href: `${report}#case-${index + 1}` }) }];
}

/** By number; other makers' runners, and mutants, stay in the order in which they were named. */
const byVersion = (a: Column, b: Column): number => (a.isFile && b.isFile ? byRelease(a.version, b.version) : 0);

/** How a column is named where its subject is plain: `17.11.4`, or `reference:late`. */
export const labelOf = ({ isFile, subject, version }: Column): string => (isFile ? version : subject);
