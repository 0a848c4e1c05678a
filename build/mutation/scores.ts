import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The parts of the reference runner that a peer can see the work of. */
const MEASURED = [
  'harness/runner/reference/{api,http,policies,job,shell,docker}/**/*.ts',
  'harness/runner/reference/poll-loop.ts',
];

/** The files of these parts, each by its path below the project, in order. */
export const measurable = (): readonly string[] =>
  globSync(MEASURED, { cwd: fileURLToPath(new URL('../..', import.meta.url)) }).sort();

/** A change that no scenario noticed. */
export interface Survivor {
  /** The line it is in, counted from 1 when it was measured. */
  readonly line: number;
  /** What Stryker calls the kind of change. */
  readonly mutator: string;
  readonly before: string;
  readonly after: string;
}

/** What became of the changes in one file. */
export interface FileScore {
  /** Of its code when it was measured, without types. */
  readonly sha256: string;
  readonly killed: number;
  /** The change made the runner stand still. */
  readonly timeout: number;
  readonly survived: readonly Survivor[];
}

const FILE = new URL('../../test/mutation/scores.json', import.meta.url);
const REASONS = new URL('../../test/mutation/reasons.json', import.meta.url);

export type Scores = Readonly<Record<string, FileScore>>;

export const readScores = (): Scores => (existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Scores) : {});

export function writeScores(scores: Scores): void {
  const sorted = Object.fromEntries(Object.entries(scores).sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}

/**
 * Why a survivor is none to worry about: by file, and by the change as `before → after`. Read by people and by nobody else than this:
 * a wrong reason is a defect.
 */
export type Reasons = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const readReasons = (): Reasons =>
  existsSync(REASONS) ? (JSON.parse(readFileSync(REASONS, 'utf8')) as Reasons) : {};

export const changeOf = ({ before, after }: Survivor): string => `${before} → ${after}`;

/** How many changes count, and how many of those are noticed: survivors with a reason do not count. */
export function scoreOf(
  score: FileScore,
  reasons: Reasons[string] = {},
): { readonly noticed: number; readonly total: number } {
  const noticed = score.killed + score.timeout;
  const open = score.survived.filter((each) => reasons[changeOf(each)] === undefined);
  return { noticed, total: noticed + open.length };
}
