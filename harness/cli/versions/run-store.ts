import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CaseOutcome, ProfileName, Results } from '../../conformance/index.ts';
import { makeDirectories } from '../../files/index.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { exists } from '../../process/index.ts';
import { mergeParts, onlyCases, readResults, readRun, writeLedger, writeReports } from '../../report/index.ts';

/** What the outcomes of a run go by: equal values, equal outcomes. */
export interface RunKey {
  /** A person can read it: `gitlab-runner-17.11.4`. */
  readonly name: string;
  readonly profile: ProfileName;
  /** Fingerprints and generations, in an order of their own. */
  readonly parts: readonly string[];
}

/** Outcomes, and what was recorded of them. */
export interface Recorded {
  readonly results: Results;
  readonly events: readonly LedgerEvent[];
}

/** A run in the store, by its outcomes. */
interface Kept {
  readonly dir: string;
  readonly results: Results;
}

const VERSIONS = 'versions';
const RUN = 'run-';
const VIEW = 'view-';

/** How long a run that is superseded may still be read, in milliseconds. */
const READ_WITHIN_MS = 3_600_000;

/**
 * Runs of one subject under one profile and generation, kept from one call to the next. What a run had no outcome for, since it
 * was ended, is not there; so a run that is continued is a second one of the rest.
 */
export class RunStore {
  readonly #dir: string;
  readonly #cacheDir: string;

  /** @param cacheDir the user's; made where it is not there */
  constructor(cacheDir: string, { name, profile, parts }: RunKey) {
    this.#cacheDir = cacheDir;
    this.#dir = join(
      cacheDir,
      VERSIONS,
      `${name.replaceAll(/[^\w.-]+/g, '_')}-${profile}-${hashOf([...parts, profile])}`,
    );
  }

  /** Which of these cases have no outcome that holds. */
  async lacking<T extends { readonly id: string }>(cases: readonly T[]): Promise<readonly T[]> {
    if (cases.length === 0) return [];
    const holding = ownersOf(await this.#kept(), holds);
    return cases.filter(({ id }) => !holding.has(id));
  }

  /**
   * What is stored of cases that can be judged under another profile, too.
   * @param profile the other one
   * @param ids of cases
   */
  async goingFor(profile: ProfileName, ids: ReadonlySet<string>): Promise<Recorded | undefined> {
    const goes = (outcome: CaseOutcome): boolean => holds(outcome) && outcome.profiles?.includes(profile) === true;
    const kept = await this.#kept();
    const owners = ownersOf(kept, goes);
    const parts = kept.flatMap((each) => {
      const own = new Set([...ids].filter((id) => owners.get(id) === each));
      return own.size > 0 ? [readRun(each.dir).then((run) => onlyCases(run, own))] : [];
    });
    return parts.length > 0 ? mergeParts(await Promise.all(parts)) : undefined;
  }

  /** Keeps what was recorded elsewhere as a run of this subject. */
  async keep({ results, events }: Recorded): Promise<void> {
    const dir = await this.newRun();
    await writeLedger(dir, events);
    await writeReports(dir, results, events);
  }

  /** A directory for a run of this subject. The run counts as soon as it has its results.json, and has come to an end. */
  async newRun(): Promise<string> {
    await makeDirectories(join(this.#cacheDir, VERSIONS));
    await makeDirectories(this.#dir);
    const number = (await this.#names(RUN)).length + 1;
    return mkdtemp(join(this.#dir, `${RUN}${String(number).padStart(4, '0')}-${process.pid}-`));
  }

  /**
   * The directory of a run with just these cases: one that was made so, or one that is put together of several.
   * @param ids of cases, all of which have an outcome
   * @throws ReportError when what is stored cannot be read, or nothing can be written
   */
  async view(ids: readonly string[]): Promise<string> {
    const kept = await this.#kept();
    const owners = newestOwners(kept);
    const used = kept.filter((each) => ids.some((id) => owners.get(id) === each));
    const [only] = used;
    if (only && used.length === 1 && only.results.outcomes.length === ids.length) return only.dir;
    const dir = join(this.#dir, `${VIEW}${hashOf([...ids, ...used.map((each) => basename(each.dir))])}`);
    if (await isWhole(dir)) return dir;
    const parts = await Promise.all(
      used.map(async (each) =>
        onlyCases(await readRun(each.dir), new Set(ids.filter((id) => owners.get(id) === each))),
      ),
    );
    const { results, events } = mergeParts(parts);
    const order = new Map(ids.map((id, index) => [id, index]));
    const outcomes = results.outcomes.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    const unfinished = await mkdtemp(`${dir}.`);
    try {
      await writeLedger(unfinished, events);
      await writeReports(unfinished, { ...results, outcomes }, events);
      // Another process may have made the same meanwhile.
      await rename(unfinished, dir).catch(async (error: Error) => {
        if (!(await isWhole(dir))) throw error;
      });
      return dir;
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }

  /** The runs that have results, the oldest first. What a process left that was killed is removed. */
  async #kept(): Promise<readonly Kept[]> {
    const kept: Kept[] = [];
    for (const name of await this.#names(RUN)) {
      const dir = join(this.#dir, name);
      if (await isWhole(dir)) kept.push({ dir, results: await readResults(dir) });
      else if (!exists(Number(name.split('-')[2]))) await rm(dir, { recursive: true, force: true });
    }
    const owners = new Set(newestOwners(kept).values());
    for (const each of kept) if (!owners.has(each) && (await isOld(each.dir))) await rm(each.dir, { recursive: true });
    return kept.filter((each) => owners.has(each));
  }

  async #names(beginning: string): Promise<readonly string[]> {
    const names = await readdir(this.#dir).catch(() => []);
    return names.filter((name) => name.startsWith(beginning)).sort();
  }
}

/** An error says nothing of the subject, and what this machine lacked it may have now: neither keeps a case from running again. */
const holds = ({ outcome, lacks }: CaseOutcome): boolean =>
  outcome !== 'error' && !(outcome === 'skip' && lacks === 'machine');

/** The newest run that has such an outcome of a case, by the case's id. */
const ownersOf = (kept: readonly Kept[], such: (outcome: CaseOutcome) => boolean): ReadonlyMap<string, Kept> =>
  new Map(kept.flatMap((each) => each.results.outcomes.filter(such).map(({ id }) => [id, each] as const)));

/** The run that counts for each case: the newest that holds, or else the newest. */
const newestOwners = (kept: readonly Kept[]): ReadonlyMap<string, Kept> =>
  new Map([...ownersOf(kept, () => true), ...ownersOf(kept, holds)]);

/** The last file that is written. */
const isWhole = (dir: string): Promise<boolean> =>
  stat(join(dir, 'report.html')).then(
    () => true,
    () => false,
  );

/** Nobody reads it any more, who was given it. */
const isOld = async (dir: string): Promise<boolean> => Date.now() - (await stat(dir)).mtimeMs > READ_WITHIN_MS;

const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
