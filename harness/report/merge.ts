import type { CaseOutcome, Results } from '../conformance/outcome.ts';
import { totals } from '../conformance/totals.ts';
import type { LedgerEvent } from '../ledger/index.ts';
import { ReportError } from './error.ts';
import { generationsIn } from './generations.ts';
import { writeLedger } from './ledger-file.ts';
import { readRun, type StoredRun } from './read-run.ts';
import { subjectName, unexpected } from './verdict.ts';
import { writeReports } from './write-reports.ts';

/**
 * Makes one run of its shards, and writes its ledger and reports: outcomes side by side, one ledger numbered anew,
 * evidence that still points right.
 * @param dirs the shards' directories, at least one
 * @param into makes the directory of the new run, when it is clear that they belong together
 * @param complete adds to the results what only shows in all of them together
 * @returns the new run
 * @throws ReportError when they do not belong together: another subject, version or profile, a case in two of them, a
 * shard that is missing; or when a file cannot be read or written
 */
export async function merge(
  dirs: readonly string[],
  into: () => Promise<string>,
  complete: (results: Results) => Promise<Results> = async (results) => results,
): Promise<StoredRun> {
  const parts = await Promise.all(dirs.map(readRun));
  const { results: joint, events } = mergeParts(parts);
  const results = await complete(joint);
  const dir = await into();
  await writeLedger(dir, events);
  await writeReports(dir, results, events);
  return { dir, results, events };
}

type Environment = Results['environment'];

/**
 * The same for runs that were read: outcomes side by side, events numbered anew.
 * @throws ReportError when they do not belong together
 */
export function mergeParts(parts: readonly StoredRun[]): { results: Results; events: LedgerEvent[] } {
  const [first] = parts;
  if (!first) throw new ReportError('There is nothing to merge: name the directories of the shards.');
  for (const part of parts) checkSame(first, part);
  checkShards(parts);
  checkCases(parts);
  const events: LedgerEvent[] = [];
  const outcomes: CaseOutcome[] = [];
  for (const part of parts) {
    const numbers = new Map<number, number>();
    for (const event of part.events) {
      const seq = events.length + 1;
      numbers.set(event.seq, seq);
      events.push({ ...event, seq });
    }
    outcomes.push(...part.results.outcomes.map((each) => renumber(each, numbers)));
  }
  const strict = parts.some(({ results }) =>
    unexpected(results).some((each) => each.outcome === 'warn' && each.expected === 'pass'),
  );
  return { results: { ...joined(parts, first), outcomes, totals: totals(outcomes, strict) }, events };
}

function joined(parts: readonly StoredRun[], first: StoredRun): Results {
  const all = parts.map((part) => part.results.environment);
  const starts = all.map((each) => Date.parse(each.startedAt));
  const start = Math.min(...starts);
  const end = Math.max(...all.map((each, index) => (starts[index] ?? start) + each.durationMs));
  const tools: Record<string, string> = {};
  for (const name of new Set(all.flatMap((each) => Object.keys(each.tools)))) {
    tools[name] = [...new Set(all.flatMap((each) => each.tools[name] ?? []))].join(' and ');
  }
  const images = Object.assign({}, ...all.map((each) => each.images ?? {})) as NonNullable<Environment['images']>;
  const shards = all.flatMap((each) => each.shard ?? []);
  const { unusedExpectations: _, notRun: __, partlyExpected: ___, ...results } = first.results;
  const cut = parts.flatMap((part) => part.results.notRun ?? []);
  // An entry is left over only when no shard had a use for it.
  const unused = (first.results.unusedExpectations ?? []).filter((id) =>
    parts.every((part) => part.results.unusedExpectations?.includes(id)),
  );
  return {
    ...results,
    environment: {
      ...first.results.environment,
      startedAt: new Date(start).toISOString(),
      durationMs: end - start,
      tools,
      ...(Object.keys(images).length > 0 ? { images } : {}),
      ...(shards.length > 0 ? { shard: shards.join(', ') } : {}),
    },
    ...(cut.length > 0
      ? {
          notRun: {
            because: [...new Set(cut.map(({ because }) => because))].join(', and '),
            cases: cut.flatMap(({ cases }) => cases),
          },
        }
      : {}),
    ...(unused.length > 0 ? { unusedExpectations: unused } : {}),
  };
}

function checkSame(first: StoredRun, part: StoredRun): void {
  const differs = (what: string, one: string, other: string): ReportError =>
    new ReportError(
      `${first.dir} and ${part.dir} cannot be merged: the ${what} of the one is ${one}, of the other ${other}. Merge only shards of one run.`,
    );
  const [a, b] = [first.results, part.results];
  if (subjectName(a) !== subjectName(b)) throw differs('subject', subjectName(a), subjectName(b));
  if (a.profile !== b.profile) throw differs('profile', a.profile, b.profile);
  if (generationsOf(a) !== generationsOf(b)) throw differs('generation', generationsOf(a), generationsOf(b));
  if (a.suite.version !== b.suite.version) throw differs('suite version', a.suite.version, b.suite.version);
}

/** Such as `docker of sid`. */
const generationsOf = (results: Results): string => generationsIn(results).toSorted().join(', ') || "the machine's own";

function checkShards(parts: readonly StoredRun[]): void {
  const shards = parts.flatMap((part) => part.results.environment.shard?.split(', ') ?? []);
  const counts = new Set(shards.map((shard) => shard.split('/')[1]));
  if (counts.size > 1) {
    throw new ReportError(
      `The shards do not belong together: they are ${shards.join(', ')}. Merge the shards of one run.`,
    );
  }
  const count = Number([...counts][0] ?? 0);
  const missing = Array.from({ length: count }, (_, index) => `${index + 1}/${count}`).filter(
    (each) => !shards.includes(each),
  );
  if (missing.length > 0) {
    throw new ReportError(
      `Shard ${missing.join(' and ')} is missing, so a verdict would leave out its cases. Give its directory too, or run it again.`,
    );
  }
}

function checkCases(parts: readonly StoredRun[]): void {
  const owners = new Map<string, string>();
  for (const { dir, results } of parts) {
    for (const { id } of results.outcomes) {
      const owner = owners.get(id);
      if (owner !== undefined) {
        throw new ReportError(
          `Case ${id} is in ${owner} and in ${dir}. A case belongs to one shard; give each shard once.`,
        );
      }
      owners.set(id, dir);
    }
  }
}

/** Evidence points to events that are there: that was seen when they were read. */
function renumber(each: CaseOutcome, numbers: ReadonlyMap<number, number>): CaseOutcome {
  const anew = (seqs: readonly number[]): number[] => seqs.flatMap((seq) => numbers.get(seq) ?? []);
  return {
    ...each,
    evidence: anew(each.evidence),
    findings: each.findings.map((finding) => ({ ...finding, evidence: anew(finding.evidence) })),
  };
}
