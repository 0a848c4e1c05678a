import { resolve } from 'node:path';
import { type Case, profileNames } from '../../conformance/index.ts';
import { HOST_CHOICE } from '../../generations/index.ts';
import { rateLimitRules } from '../../profile/index.ts';
import { readResults } from '../../report/index.ts';
import { ownProgram, shellQuote } from '../../report/rerun.ts';
import { defaultCacheDirectory } from '../../world/index.ts';
import { type Capacity, capacityFor } from '../capacity.ts';
import { clearStrays } from '../clear-strays.ts';
import type { Terminal } from '../exit.ts';
import { Interrupted, interruption } from '../interruption.ts';
import { judgeAgain } from '../judge-again.ts';
import { perform } from '../perform.ts';
import { planRun, type RunPlan } from '../plan.ts';
import { print } from '../print.ts';
import type { RunOptions } from '../run-options.ts';
import { packageVersion } from '../version.ts';
import type { Contender, RunnableContender } from './contender.ts';
import { directoryFingerprint, subjectFingerprint, suiteFingerprint } from './fingerprint.ts';
import { quarters } from './quarters.ts';
import { type RunKey, RunStore } from './run-store.ts';
import { runOptionsFor, runWords, type WantedCases } from './wanted.ts';

/** The run of a contender, wherever it comes from. */
export interface ContenderRun {
  readonly contender: Contender;
  /** The directory, as `run` writes it. */
  readonly dir: string;
  /** How many of its cases were run now; the others were there. */
  readonly ran: number;
}

/** Gets the runs of contenders: each is run once, and is kept in the user's cache. */
export interface Runs extends AsyncDisposable {
  /**
   * The run of a contender with just the wanted cases. A stored run is as it is.
   * @throws UsageError, SubjectError, EnvironmentError, ReportError
   * @throws Interrupted when the user ends it; what ran to its end is kept, and the next call goes on from there
   */
  of(contender: Contender, wanted: WantedCases): Promise<ContenderRun>;
  /** The profile that goes with a contender, where nobody names another. @throws SubjectError, ReportError */
  profileOf(contender: Contender): Promise<RunOptions['profile']>;
}

const ENDED = {
  what: 'The run',
  stopping: 'stopping subjects and peers and removing temporary files',
  limitMs: 5000,
  left: 'Everything it started is stopped. What ran to its end is kept: the same command goes on from there.',
} as const;

/**
 * Gets ready to run contenders, side by side within what this machine has room for. Dispose of it when all are there: whatever
 * still runs then is ended.
 * @param jobs how many cases at once, where the user says it
 */
export function openRuns(terminal: Terminal, jobs?: number): Runs {
  const stop = interruption(terminal, ENDED);
  const cleared = Promise.withResolvers<void>();
  let isClearing = false;
  const capacities = new Map<string, Capacity>();
  const capacityOf = (clock: 'real' | 'simulated'): Capacity => {
    const capacity = capacities.get(clock) ?? capacityFor(clock, jobs);
    capacities.set(clock, capacity);
    return capacity;
  };
  const under = new Map<string, Promise<unknown>>();

  async function run(contender: RunnableContender, wanted: WantedCases): Promise<ContenderRun> {
    const options = runOptionsFor(contender, wanted);
    const invocation = { args: wanted.globs, options, terminal, argv: [], command: async () => '' };
    const plan = await planRun(invocation);
    const key = await keyOf(plan, terminal);
    const store = storeOf(key);
    const ran = await Promise.all(
      inTurns(plan, key).map(({ turn, selected }) => {
        const before = under.get(turn)?.catch(() => {});
        const running = (async () => {
          await before;
          return runMissing(contender, { ...plan, selected }, key, wanted.globs);
        })();
        under.set(turn, running);
        return running;
      }),
    );
    const ids = plan.selected.map(({ id }) => id);
    return { contender, dir: await store.view(ids), ran: ran.reduce((sum, each) => sum + each, 0) };
  }

  /**
   * Cases that take turns with those of other runs. The same subject under two names has one store, and is there the second time;
   * and most of what is recorded under one profile goes for the others. What a page has done otherwise need not wait for them.
   */
  function inTurns({ selected, driver, profile }: RunPlan, { parts }: RunKey) {
    const asks = ({ scenario, axes }: Case): boolean =>
      driver.actsByProfile === true || scenario.asksPage?.(axes) === true;
    const rules = driver.actsByProfile ? profile : JSON.stringify(rateLimitRules(profile));
    return [
      { turn: [...parts, rules].join('\0'), selected: selected.filter(asks) },
      { turn: parts.join('\0'), selected: selected.filter((each) => !asks(each)) },
    ].filter((each) => each.selected.length > 0);
  }

  async function runMissing(
    contender: RunnableContender,
    plan: RunPlan,
    key: RunKey,
    globs: readonly string[],
  ): Promise<number> {
    const { selected, profile, driver } = plan;
    const store = storeOf(key);
    const ids = selected.map(({ id }) => id);
    const words = runWords({ ...plan.options, profile }, globs);
    const command = [...ownProgram(import.meta.url), ...words].map(shellQuote).join(' ');
    const before = await store.has(ids);
    await adopt(plan, key, { store, command, missing: new Set(ids.filter((id) => !before.has(id))) });
    const has = await store.has(ids);
    const missing = selected.filter(({ id }) => !has.has(id));
    if (missing.length > 0) {
      await clear();
      stop.signal.throwIfAborted();
      const say = (line: string): void =>
        print(terminal.stderr, `proxyproof: ${contender.label} under profile ${profile}: ${line}\n`);
      const rest = [
        ...(before.size > 0 ? [`${before.size} are stored`] : []),
        ...(has.size > before.size ? [`${has.size - before.size} go by what was recorded under another profile`] : []),
      ];
      say(`${[`${missing.length} of ${ids.length} cases to run`, ...rest].join(', ')} …`);
      await using up = new AsyncDisposableStack();
      await perform(
        { ...plan, selected: missing },
        {
          directory: await store.newRun(),
          // The signal is for all of them, and so is its end.
          stop: { ...stop, stopped: () => {} },
          capacity: capacityOf(driver.clock),
          terminal,
          command,
          begin: () => ({ progress: quarters(missing.length, say) }),
          up,
        },
      );
      if (stop.signal.aborted) throw stop.signal.reason;
    }
    return missing.length;
  }

  /** Judges anew what was recorded of the subject under another profile, wherever its scenario does the same under this one. */
  async function adopt(
    { all, profile, driver }: RunPlan,
    key: RunKey,
    { store, command, missing }: { store: RunStore; command: string; missing: ReadonlySet<string> },
  ): Promise<void> {
    if (driver.actsByProfile) return;
    const scenarios = [...new Set(all.map(({ scenario }) => scenario))];
    const left = new Set(missing);
    for (const other of profileNames) {
      if (other === profile || left.size === 0) continue;
      const recorded = await storeOf({ ...key, profile: other }).goingFor(profile, left);
      if (!recorded) continue;
      const { results, events } = recorded;
      const judged = judgeAgain(results, events, { scenarios, strict: false, profile });
      await store.keep({ results: { ...judged, environment: { ...results.environment, command } }, events });
      for (const { id } of judged.outcomes) left.delete(id);
    }
  }

  function storeOf(key: RunKey): RunStore {
    return new RunStore(defaultCacheDirectory(terminal.env), key);
  }

  function clear(): Promise<void> {
    if (!isClearing) clearStrays(terminal).then(cleared.resolve, cleared.reject);
    isClearing = true;
    return cleared.promise;
  }

  return {
    of: async (contender, wanted) =>
      contender.is === 'stored' ? { contender, dir: contender.dir, ran: 0 } : run(contender, wanted),
    profileOf: async (contender) => {
      if (contender.is === 'stored') return (await readResults(contender.dir)).profile;
      const { resolveSubject } = await import('../../runner/index.ts');
      const { env } = terminal;
      return (await resolveSubject(contender.runner, { cacheDir: defaultCacheDirectory(env), env })).profile;
    },
    [Symbol.asyncDispose]: async () => {
      // Whoever was run beside one that failed is stopped, and takes its worlds down.
      stop.abort(new Interrupted('SIGTERM', ENDED.left));
      await Promise.allSettled(under.values());
      stop.stopped();
      stop.finished();
    },
  };
}

async function keyOf({ driver, profile, options }: RunPlan, { cwd }: Terminal): Promise<RunKey> {
  const { kind, version, path } = driver.identity;
  const { docker, images, squid } = options.generation ?? HOST_CHOICE;
  const own = options.scenarios === undefined ? '' : await directoryFingerprint(resolve(cwd, options.scenarios));
  const subject = path.split(':')[0] === kind ? path : kind;
  return {
    name: `${subject}-${version}`,
    profile,
    parts: [
      await subjectFingerprint(driver),
      packageVersion(),
      await suiteFingerprint(),
      own,
      [docker, images, squid].join(','),
      options.images,
    ],
  };
}
