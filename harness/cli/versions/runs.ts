import type { Case } from '../../conformance/index.ts';
import { rateLimitRules } from '../../profile/index.ts';
import { readResults } from '../../report/index.ts';
import { ownProgram, shellQuote } from '../../report/rerun.ts';
import { defaultCacheDirectory } from '../../world/index.ts';
import { type Capacity, capacityFor } from '../capacity.ts';
import { clearStrays } from '../clear-strays.ts';
import type { Terminal } from '../exit.ts';
import { Interrupted, interruption } from '../interruption.ts';
import { perform } from '../perform.ts';
import { planRun, type RunPlan } from '../plan.ts';
import { print } from '../print.ts';
import type { RunOptions } from '../run-options.ts';
import { adoptRecorded, type KeyedPlan } from './adopt.ts';
import type { Contender, RunnableContender } from './contender.ts';
import { quarters } from './quarters.ts';
import { keyOf } from './run-key.ts';
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
  /**
   * The same run, with what was recorded meanwhile under other profiles in place of what broke in it. Nothing is run.
   * @param run as `of` gave it
   */
  completed(run: ContenderRun): Promise<ContenderRun>;
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
  const cacheDir = defaultCacheDirectory(terminal.env);
  /** What the runs were made by that were given out. */
  const made = new WeakMap<ContenderRun, KeyedPlan>();

  async function run(contender: RunnableContender, wanted: WantedCases): Promise<ContenderRun> {
    const keyed = await planOf(contender, wanted);
    const { plan, key } = keyed;
    const ran = await Promise.all(
      inTurns(plan, key).map(({ turn, which, selected }, _, all) => {
        const before = under.get(turn)?.catch(() => {});
        const running = (async () => {
          await before;
          const label = `${contender.label} under profile ${plan.profile}${all.length > 1 ? which : ''}`;
          return runMissing(label, { ...keyed, plan: { ...plan, selected } });
        })();
        under.set(turn, running);
        return running;
      }),
    );
    const whole = { contender, dir: await viewOf(keyed), ran: ran.reduce((sum, each) => sum + each, 0) };
    made.set(whole, keyed);
    return whole;
  }

  const viewOf = ({ plan, key }: KeyedPlan): Promise<string> =>
    new RunStore(cacheDir, key).view(plan.selected.map(({ id }) => id));

  async function planOf(contender: RunnableContender, wanted: WantedCases): Promise<KeyedPlan> {
    const options = runOptionsFor(contender, wanted);
    const plan = await planRun({ args: wanted.globs, options, terminal, argv: [], command: async () => '' });
    return { plan, key: await keyOf(plan, terminal), command: commandOf(plan, wanted.globs) };
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
      { turn: [...parts, rules].join('\0'), which: ', cases that go by its page', selected: selected.filter(asks) },
      { turn: parts.join('\0'), which: '', selected: selected.filter((each) => !asks(each)) },
    ].filter((each) => each.selected.length > 0);
  }

  async function runMissing(label: string, keyed: KeyedPlan): Promise<number> {
    const { plan, key, command } = keyed;
    const { selected, driver } = plan;
    const store = new RunStore(cacheDir, key);
    const lacking = await store.lacking(selected);
    await adoptRecorded(keyed, lacking, cacheDir);
    const missing = await store.lacking(lacking);
    if (missing.length > 0) {
      await clear();
      stop.signal.throwIfAborted();
      const say = (line: string): void => print(terminal.stderr, `proxyproof: ${label}: ${line}\n`);
      const rest = [
        ...(selected.length > lacking.length ? [`${selected.length - lacking.length} are stored`] : []),
        ...(lacking.length > missing.length
          ? [`${lacking.length - missing.length} go by what was recorded under another profile`]
          : []),
      ];
      say(`${[`${missing.length} of ${selected.length} cases to run`, ...rest].join(', ')} …`);
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

  function clear(): Promise<void> {
    if (!isClearing) clearStrays(terminal).then(cleared.resolve, cleared.reject);
    isClearing = true;
    return cleared.promise;
  }

  return {
    of: async (contender, wanted) =>
      contender.is === 'stored' ? { contender, dir: contender.dir, ran: 0 } : run(contender, wanted),
    completed: async (of) => {
      const keyed = made.get(of);
      if (!keyed) return of;
      await adoptRecorded(keyed, await new RunStore(cacheDir, keyed.key).lacking(keyed.plan.selected), cacheDir);
      return { ...of, dir: await viewOf(keyed) };
    },
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

const commandOf = ({ options, profile }: RunPlan, globs: readonly string[]): string =>
  [...ownProgram(import.meta.url), ...runWords({ ...options, profile }, globs)].map(shellQuote).join(' ');
